using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Testing.Events;

/// <summary>Takes what may be an audit record, out of what it is wrapped in.</summary>
/// <param name="findings">Takes what is wrong.</param>
/// <param name="form">What a record is.</param>
internal sealed class RecordList(ICollection<Finding> findings, RecordForm form)
{
    private static readonly JsonWording InAuditData = new(EventFindings.AuditDataSyntax, EventFindings.TooDeep, EventFindings.DuplicateMember);

    private readonly TextPool _pool = new();
    private readonly ImmutableArray<AuditRecord>.Builder _records = ImmutableArray.CreateBuilder<AuditRecord>();

    public ImmutableArray<AuditRecord> ToImmutable() => _records.ToImmutable();

    /// <summary>Takes a record, a wrapped one, or a page of them.</summary>
    public void Add(YamlValue value)
    {
        if (value is not YamlMap map)
        {
            findings.Add(EventFindings.NotAnObject(value.FirstLine()));
        }
        else if (map["value"] is YamlList page && !form.Members.Any(member => map[member] is not null))
        {
            foreach (var item in page.Items)
            {
                Add(item);
            }
        }
        else if (map["auditData"] is { } graph)
        {
            AddWrapped(map, graph, Envelope.Graph);
        }
        else if (map["AuditData"] is { } purview)
        {
            AddWrapped(map, purview, Envelope.Purview);
        }
        else
        {
            Add(YamlData.ToBag(map), map.Span);
        }
    }

    /// <summary>Takes the record in the text of an AuditData.</summary>
    /// <param name="json">The text.</param>
    /// <param name="place">Gives the place of (offset, length) in the text.</param>
    /// <param name="envelope">What fills the members that it lacks.</param>
    /// <param name="span">Where the record was written.</param>
    public void Add(string json, Func<int, int, SourceSpan> place, IEnumerable<KeyValuePair<string, Value>> envelope, SourceSpan span)
    {
        var values = new List<YamlValue>();
        if (!JsonSequence.Read(json, place, InAuditData, findings, values.Add, _pool))
        {
            return;
        }

        if (values is [YamlMap record] && json.AsSpan().TrimStart() is ['{', ..])
        {
            Add(Envelope.Fill(YamlData.ToBag(record), envelope), span);
        }
        else
        {
            findings.Add(EventFindings.NoAuditData(place(0, json.Length)));
        }
    }

    private void AddWrapped(YamlMap map, YamlValue auditData, Envelope envelope)
    {
        var filling = envelope.Read(map);
        switch (auditData)
        {
            case YamlMap record:
                Add(Envelope.Fill(YamlData.ToBag(record), filling), map.Span);
                break;
            case YamlText { Plain: false } text:
                Add(text.Value, text.Locate, filling, map.Span);
                break;
            default:
                findings.Add(EventFindings.NoAuditData(auditData.FirstLine()));
                break;
        }
    }

    private void Add(DynamicBag record, SourceSpan span)
    {
        if (form.Members.Any(member => !record.Find(member).IsNull) && record.Find("TimeGenerated").IsNull)
        {
            _records.Add(new(record, span));
        }
        else
        {
            findings.Add(EventFindings.NotARecord(span with { Length = Math.Min(1, span.Length) }, Why(record)));
        }
    }

    private string Why(DynamicBag record)
    {
        if (!record.Find("TimeGenerated").IsNull)
        {
            return "\"TimeGenerated\" says that it is a row of a table. Give it as a row of that table.";
        }

        return form == RecordForm.Audit && (record.TryFind("createdDateTime", out _) || record.TryFind("auditLogRecordType", out _))
            ? "it has the members that Graph adds, and no \"auditData\". Export it again with that property."
            : $"it has none of the members {string.Join(", ", form.Members)}. Names of members are case-sensitive; correct them, or remove it.";
    }
}
