using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Testing.Events;

/// <summary>A row as a person wrote it, before the types of its table are known.</summary>
/// <param name="Cells">Its columns and their values, each where it stands.</param>
public sealed record WrittenRow(ImmutableArray<(Spanned<string> Column, Spanned<Value> Value)> Cells)
{
    /// <summary>Whether all values are texts that stand for values of their columns' types, as in CSV.</summary>
    public bool IsText { get; init; }

    private static readonly JsonWording Wording = new(EventFindings.Syntax, EventFindings.TooDeep, EventFindings.DuplicateMember);

    /// <summary>A row that was made, of which only one place is known.</summary>
    public static WrittenRow Of(DynamicBag values, SourceSpan span) =>
        new([.. values.Properties.Select(cell => (new Spanned<string>(cell.Key, span), new Spanned<Value>(cell.Value, span)))]);

    /// <summary>A row in YAML or JSON.</summary>
    public static WrittenRow Of(YamlMap map) => new(
        [.. map.Entries.Select(entry => (new Spanned<string>(entry.Key.Value, entry.Key.Span), new Spanned<Value>(YamlData.ToValue(entry.Value), entry.Value.FirstLine())))]);

    /// <summary>The rows of a list in a spec, or of a single map; anything else in it is a finding.</summary>
    /// <param name="rows">The list.</param>
    /// <param name="owner">Whose rows they are, for findings: <c>the table "SigninLogs"</c>.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public static ImmutableArray<WrittenRow> ReadAll(YamlValue rows, string owner, ICollection<Finding> findings)
    {
        var read = ImmutableArray.CreateBuilder<WrittenRow>();
        foreach (var item in rows is YamlList list ? list.Items : [rows])
        {
            Add(item, owner, findings, read);
        }

        return read.ToImmutable();
    }

    /// <summary>The rows of a file: JSON (an array of objects, or an object after another or a line each), CSV with a header, or YAML, as its name says.</summary>
    /// <param name="file">The file.</param>
    /// <param name="owner">Whose rows they are, for findings: <c>the table "SigninLogs"</c>.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public static ImmutableArray<WrittenRow> ReadAll(SourceFile file, string owner, ICollection<Finding> findings)
    {
        var read = ImmutableArray.CreateBuilder<WrittenRow>();
        if (string.IsNullOrWhiteSpace(file.Text))
        {
            findings.Add(EventFindings.NotRows(new(file, 0, 0), owner));
        }
        else if (file.Path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            return CsvRows.Read(file, owner, findings);
        }
        else if (Path.GetExtension(file.Path).ToUpperInvariant() is ".YAML" or ".YML")
        {
            return YamlReader.Read(file, findings) is { } list ? ReadAll(list, owner, findings) : [];
        }
        else
        {
            JsonSequence.Read(file.Text, (start, length) => new(file, start, length), Wording, findings, item => Add(item, owner, findings, read));
        }

        return read.ToImmutable();
    }

    private static void Add(YamlValue item, string owner, ICollection<Finding> findings, ImmutableArray<WrittenRow>.Builder rows)
    {
        if (item is YamlMap map)
        {
            rows.Add(Of(map));
        }
        else
        {
            findings.Add(EventFindings.NotRows(item.FirstLine(), owner));
        }
    }
}
