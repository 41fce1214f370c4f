using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Testing;

/// <summary>A record that happens, and when it arrives in the table, UTC.</summary>
internal sealed record TimedRecord(AuditRecord Record, DateTime Arrives);

/// <summary>What a test says of its events, as single records: read, copied, changed, each at its time.</summary>
/// <param name="files">The files that tests name.</param>
/// <param name="form">What a record is.</param>
/// <param name="findings">Takes what is wrong.</param>
internal sealed class EventSeries(EventFiles files, RecordForm form, ICollection<Finding> findings)
{
    private const int Most = 200_000;
    private static readonly ImmutableArray<string> _ids = ["Id", "id", "ID"];

    /// <summary>The records, or null after a finding that leaves them without meaning.</summary>
    /// <param name="events">What is said of them.</param>
    /// <param name="now">What relative times count from, UTC.</param>
    /// <param name="goesOn">Whether time goes on after that: where it stands still, a record that comes later is a finding.</param>
    public ImmutableArray<TimedRecord>? Of(ImmutableArray<EventSpec> events, DateTime now, bool goesOn = false)
    {
        var all = ImmutableArray.CreateBuilder<TimedRecord>();
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var read = events.Select(spec => (Spec: spec, Templates: Templates(spec))).ToList();

        // Records that are taken as they are keep their ids, wherever they stand.
        ids.UnionWith(read.Where(part => KeepsIds(part.Spec)).SelectMany(part => part.Templates ?? []).Select(record => IdOf(record.Members)));
        foreach (var (spec, records) in read)
        {
            if (records is not { } templates || Times(spec, templates, now) is not { } starts)
            {
                return null;
            }

            var number = 0;
            foreach (var (record, time) in starts)
            {
                number++;
                if (all.Count == Most)
                {
                    findings.Add(TestFindings.TooManyEvents(spec.Span, Most));
                    return null;
                }

                if (Changed(spec, record, number) is not { } members)
                {
                    return null;
                }

                // A copy that kept its id would count as delivered twice.
                var named = KeepsIds(spec) || spec.Set.Concat(spec.Vary).Any(entry => _ids.Contains(entry.Key.Value));
                members = named ? members : WithOwnId(members, ids);
                ids.Add(IdOf(members));
                members = DataPath.Set(members, form.Time, Value.Of(time.ToString("yyyy-MM-ddTHH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)))!;
                var arrives = time + spec.Delay;
                if (time > now && number == 1 && !goesOn)
                {
                    findings.Add(TestFindings.NeverSeen(spec.Span, Text(time), Text(now)));
                }

                all.Add(new(record with { Members = members }, arrives));
            }
        }

        return all.DrainToImmutable();
    }

    private static bool KeepsIds(EventSpec spec) => spec.Record is null && spec.At.IsEmpty && spec.Repeat is null && spec.Set.IsEmpty && spec.Vary.IsEmpty;

    private ImmutableArray<AuditRecord>? Templates(EventSpec spec)
    {
        var file = spec.File is { } path ? files.Read(path) : null;
        if (file is null && spec.File is not null)
        {
            return null;
        }

        var wrong = new List<Finding>();
        var records = file is null ? EventReader.Read(spec.Record!, wrong, form) : EventReader.Read(file, wrong, form);
        foreach (var finding in wrong.Where(finding => !findings.Contains(finding)))
        {
            findings.Add(finding);
        }

        return wrong.Exists(finding => finding.Severity == FindingSeverity.Error) ? null : records;
    }

    // The first record is moved to the time that is asked for, and the others keep their distance from it.
    private List<(AuditRecord Record, DateTime Time)>? Times(EventSpec spec, ImmutableArray<AuditRecord> records, DateTime now)
    {
        var own = new List<DateTime>();
        foreach (var record in records)
        {
            var text = ValueText.Of(record.Members.Find(form.Time));
            if (EventTime.TryRead(text, now) is { } time)
            {
                own.Add(time);
            }
            else if (spec.At.IsEmpty || records.Length > 1)
            {
                findings.Add(TestFindings.NoTime(spec.File?.Span ?? spec.Span, form.Time, text, record.Span));
                return null;
            }
            else
            {
                own.Add(now);
            }
        }

        var wrong = spec.At.Where(at => EventTime.TryRead(at.Value, now) is null).Select(at => TestFindings.NotATime(at.Span, at.Value)).ToList();
        wrong.ForEach(findings.Add);
        if (wrong.Count > 0)
        {
            return null;
        }

        var shifts = spec.At.IsEmpty || own.Count == 0 ? [TimeSpan.Zero] : spec.At.Select(at => EventTime.TryRead(at.Value, now)!.Value - own[0]).ToImmutableArray();
        return
        [
            .. from shift in shifts
               from copy in Enumerable.Range(0, spec.Repeat?.Value ?? 1)
               from pair in records.Zip(own)
               select (pair.First, pair.Second + shift + (copy * spec.Every)),
        ];
    }

    private DynamicBag? Changed(EventSpec spec, AuditRecord record, int number)
    {
        var members = record.Members;
        foreach (var (key, value) in spec.Set.Select(entry => (entry.Key, YamlData.ToValue(entry.Value))).Concat(spec.Vary.Select(entry => (entry.Key, Varied(entry.Value, number)))))
        {
            if (DataPath.Set(members, key.Value, value) is not { } changed)
            {
                findings.Add(TestFindings.NoMembers(key.Span, key.Value, record.Span));
                return null;
            }

            members = changed;
        }

        return members;
    }

    private static Value Varied(YamlValue value, int number) => value switch
    {
        YamlList { Items.Length: > 0 } list => Numbered(YamlData.ToValue(list.Items[(number - 1) % list.Items.Length]), number),
        _ => Numbered(YamlData.ToValue(value), number),
    };

    private static Value Numbered(Value value, int number) => value switch
    {
        { AsArray: { } array } => Value.Of(new DynamicArray([.. array.Items.Select(item => Numbered(item, number))])),
        { AsBag: { } bag } => Value.Of(DynamicBag.From(bag.Properties.Select(property => KeyValuePair.Create(property.Key, Numbered(property.Value, number))))),
        { Kind: ValueKind.String } => Value.Of(value.Text.Replace("{n}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)),
        _ => value,
    };

    private static DynamicBag WithOwnId(DynamicBag members, HashSet<string> taken)
    {
        var id = IdOf(members);
        if (id.Length > 0 && !taken.Contains(id))
        {
            return members;
        }

        var key = _ids.FirstOrDefault(name => members.TryFind(name, out _)) ?? "Id";
        return DataPath.Set(members, key, Value.Of(ContentGuid.For("events", "AuditRecord", $"{id.Replace('/', '_')} {taken.Count}").ToString()))!;
    }

    private static string IdOf(DynamicBag members) => _ids.Select(name => ValueText.Of(members.Find(name))).FirstOrDefault(text => text.Length > 0) ?? "";

    private static string Text(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
