using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Generate;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Import;

/// <summary>A spec that was made of content of others.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Path">Its path in a project, with forward slashes.</param>
/// <param name="Text">Its text.</param>
/// <param name="Item">What it was made of.</param>
/// <param name="Written">What is written from it.</param>
public sealed record ImportedSpec(string Id, string Path, string Text, ContentItem Item, ContentItem Written);

/// <summary>What an import gave.</summary>
/// <param name="Specs">The specs, in order of files and places.</param>
/// <param name="NotTaken">Rules and hunts of which there is no spec, for each a finding.</param>
/// <param name="There">Rules and hunts whose GUID the project has already.</param>
/// <param name="Others">Content of kinds that are not imported.</param>
/// <param name="PassedOver">Files that hold no content.</param>
/// <param name="Findings">What is lost or made up, and why something was not taken.</param>
public sealed record ImportResult(
    ImmutableArray<ImportedSpec> Specs, ImmutableArray<ContentItem> NotTaken, ImmutableArray<ContentItem> There, ImmutableArray<ContentItem> Others, int PassedOver, ImmutableArray<Finding> Findings);

/// <summary>Analytics rules and hunts of others to specs. Never throws on bad input: what is wrong is a finding.</summary>
public sealed class Importer
{
    private readonly List<Finding> _findings = [];
    private readonly ImmutableArray<ImportedSpec>.Builder _specs = ImmutableArray.CreateBuilder<ImportedSpec>();
    private readonly List<ContentItem> _notTaken = [];
    private readonly List<ContentItem> _there = [];
    private readonly List<ContentItem> _others = [];
    private readonly Dictionary<Guid, SourceSpan> _guids = [];
    private readonly HashSet<Guid> _known;
    private readonly SpecNames _names;
    private int _passedOver;

    private Importer(ImmutableArray<SpecFile> shipped, ImmutableArray<SpecFile> project)
    {
        var own = SpecReader.Read(project).Detections;
        _known = [.. own.Select(detection => detection.Guid?.Value).OfType<Guid>()];
        _names = new(own.Concat(SpecReader.Read(shipped).Detections).Select(detection => detection.Id.Value));
    }

    /// <summary>Makes specs of all rules and hunts in some files.</summary>
    /// <param name="shipped">Files of the shipped pack, whose ids are taken.</param>
    /// <param name="project">Files of the project: its ids are taken, and what has a GUID of it is there already.</param>
    /// <param name="content">The files, which may be read from disk only here.</param>
    public static ImportResult Import(ImmutableArray<SpecFile> shipped, ImmutableArray<SpecFile> project, IEnumerable<SpecFile> content)
    {
        var importer = new Importer(shipped, project);
        foreach (var file in content)
        {
            importer.Read(file);
        }

        return new(importer._specs.DrainToImmutable(), [.. importer._notTaken], [.. importer._there], [.. importer._others], importer._passedOver, importer._findings.Sorted());
    }

    private void Read(SpecFile file)
    {
        var (pieces, read) = ForeignPiece.Of(file);
        _passedOver += read.PassedOver.Length;
        _findings.AddRange(read.Findings.Where(finding => finding.Severity == FindingSeverity.Error));
        foreach (var piece in pieces)
        {
            // A query in a page or in YAML of another form is an example, or has a schedule that is not read.
            if (piece.Item is AnalyticsRule or HuntingQuery && (piece.Item.Origin != ContentOrigin.Kql || PlainQuery.Is(file.PackPath)))
            {
                Take(piece);
            }
            else
            {
                _others.Add(piece.Item);
            }
        }
    }

    private void Take(ForeignPiece piece)
    {
        var item = piece.Item;
        var hasGuid = SpecDraft.HasGuid(piece) && item.Guid != Guid.Empty;
        if (WhyNot(piece) is { } reason)
        {
            Refuse(item, ImportFindings.NotTaken(item.Id.Span, NameOf(item), reason));
        }
        else if (hasGuid && _known.Contains(item.Guid))
        {
            _there.Add(item);
        }
        else if (hasGuid && !_guids.TryAdd(item.Guid, item.Id.Span))
        {
            Refuse(item, ImportFindings.SameGuid(item.Id.Span, NameOf(item), item.Guid.ToString(), _guids[item.Guid]));
        }
        else
        {
            Write(piece, hasGuid);
        }
    }

    private void Write(ForeignPiece piece, bool hasGuid)
    {
        var item = piece.Item;
        var id = _names.Next(item);
        var draft = SpecDraft.Of(piece, id);
        var path = $"rules/{(item is HuntingQuery ? "hunts" : "detections")}/{id}.yaml";
        if (Made(path, Text(piece, draft), out var mistake) is not { } made)
        {
            Refuse(item, ImportFindings.NotTaken(item.Id.Span, NameOf(item), $"As a spec it would be wrong: {mistake!.Message}"));
            return;
        }

        if (!hasGuid)
        {
            _findings.Add(ImportFindings.NoGuid(item.Id.Span, NameOf(item)));
        }

        if (string.IsNullOrWhiteSpace(item.Description.Value))
        {
            _findings.Add(ImportFindings.NoDescription(item.Id.Span, NameOf(item)));
        }

        var text = new ImportProof(piece, _findings).Further(made) is { } further ? Text(piece, new([.. draft.Entries, ("further", further)])) : Text(piece, draft);
        _specs.Add(new(id, path, text, item, Made(path, text, out _) ?? made));
    }

    private void Refuse(ContentItem item, Finding finding)
    {
        _notTaken.Add(item);
        _findings.Add(finding);
    }

    // What the spec becomes; null and the first mistake when it is wrong.
    private static ContentItem? Made(string path, string text, out Finding? mistake)
    {
        var findings = new List<Finding>();
        var spec = YamlReader.Read(new(path, text), findings) is { } root ? DetectionReader.Read(root, findings) : null;
        mistake = findings.Find(finding => finding.Severity == FindingSeverity.Error);
        if (spec is null || mistake is not null)
        {
            return null;
        }

        return DetectionGenerator.Create(new Detection(spec, ""), new(spec.Query.Value.TrimEnd(), [], spec.Query.Span)).WithDeclaredConnectors();
    }

    private static string Text(ForeignPiece piece, OutputMap spec) =>
        $"# yaml-language-server: $schema=../schemas/{(piece.Item is HuntingQuery ? "hunt" : "detection")}.json\n# Imported from {HarmlessText.Line(piece.Item.Id.Span.File.Path)}\n" + YamlOutput.Write(spec);

    private static string? WhyNot(ForeignPiece piece)
    {
        return string.IsNullOrWhiteSpace(piece.Item.Name.Value) ? "it has no name, or one that only a deployment knows."
            : piece.Item.GetQuery() is not { IsUnknown: false } query || string.IsNullOrWhiteSpace(query.Text) ? "it has no query, or one that only a deployment knows."
            : piece.Item is AnalyticsRule rule ? WhyNot(piece, rule)
            : null;
    }

    private static string? WhyNot(ForeignPiece piece, AnalyticsRule rule) =>
        !Known<AlertSeverity>(piece, "severity") ? "its severity is none of Informational, Low, Medium and High."
        : rule.Kind.Value == RuleKind.Nrt ? null
        : rule.Schedule is not { } schedule || !IsMinutes(schedule.Frequency.Value) || !IsMinutes(schedule.Period.Value) ? "its frequency or period is missing, or not a number of whole minutes."
        : rule.Suppression is { } rest && !IsMinutes(rest.Value) ? "it rests for a time that is not a number of whole minutes."
        : rule.Incident?.Grouping is { } grouping && !IsMinutes(grouping.Lookback.Value) ? "its alerts are grouped for a time that is not a number of whole minutes."
        : null;

    private static bool Known<T>(ForeignPiece piece, string field)
        where T : struct, Enum => piece.Field(field) is YamlText text && Enum.GetNames<T>().Contains(text.Value.Trim(), StringComparer.OrdinalIgnoreCase);

    private static bool IsMinutes(TimeSpan time) => time > TimeSpan.Zero && time.Ticks % TimeSpan.TicksPerMinute == 0;

    private static string NameOf(ContentItem item) => item.Name.Value.Trim() is { Length: > 0 } name ? name : item.FileName is { Length: > 0 } file ? file : item.Id.Value;
}
