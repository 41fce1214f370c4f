using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings.Policy;

/// <summary>Findings that a repository had when it began to be checked: they do not count, and everything else does. What is corrected leaves
/// the baseline; nothing enters it later.</summary>
public sealed class Baseline
{
    private const string Head = "# Findings that csk check does not count: code, file, fingerprint. It is written by --write-baseline, which only takes out what is gone.\n";

    private readonly ImmutableArray<Entry> _entries;
    private readonly SourceFile _file;

    private Baseline(ImmutableArray<Entry> entries, SourceFile file) => (_entries, _file) = (entries, file);

    /// <summary>How many findings it holds.</summary>
    public int Count => _entries.Length;

    /// <summary>A baseline as it was written; lines that are none are passed over, so that their findings count.</summary>
    /// <param name="file">The file.</param>
    public static Baseline Read(SourceFile file) => new(
        [
            .. from number in Enumerable.Range(1, file.LineCount)
               let line = file.GetLine(number)
               where !line.StartsWith('#')
               let parts = line.Split('\t')
               where parts.Length == 3
               select new Entry(parts[0], parts[1], parts[2], new(file, file.GetOffset(number, 1), line.Length)),
        ],
        file);

    /// <summary>A baseline of all these findings.</summary>
    /// <param name="findings">In order.</param>
    /// <param name="pathOf">From a path as findings show it to one from the baseline's folder, with forward slashes.</param>
    public static Baseline Of(ImmutableArray<Finding> findings, Func<string, string> pathOf)
    {
        var (file, fingerprints) = (new SourceFile("", ""), new Fingerprints(pathOf));
        return new([.. findings.Select(finding => new Entry(finding.Code, pathOf(finding.Span.File.Path), fingerprints.Own(finding), file.All))], file);
    }

    /// <summary>The findings that are new, and those that it holds.</summary>
    /// <param name="findings">In order.</param>
    /// <param name="pathOf">As it was written with.</param>
    public JudgedFindings Judge(ImmutableArray<Finding> findings, Func<string, string> pathOf)
    {
        var known = _entries.ToLookup(entry => entry.Fingerprint, StringComparer.Ordinal);
        var fingerprints = new Fingerprints(pathOf);
        var judged = findings.Select(finding => (Finding: finding, Entry: known[fingerprints.Own(finding)].FirstOrDefault())).ToList();
        return new(
            [.. judged.Where(pair => pair.Entry is null).Select(pair => pair.Finding)],
            [.. judged.Where(pair => pair.Entry is not null).Select(pair => pair.Finding with { Suppression = new(SuppressionKind.Baseline, "It was there when the baseline was written.", DateOnly.MaxValue, pair.Entry!.Place) })]);
    }

    /// <summary>The baseline without what is gone.</summary>
    /// <param name="found">The findings of this run that it holds.</param>
    /// <param name="isChecked">Whether this run says what is in the file of a path; what other files had stays.</param>
    public Baseline Without(ImmutableArray<Finding> found, Func<string, bool> isChecked)
    {
        var places = found.Select(finding => finding.Suppression!.Place.Start).ToHashSet();
        return new([.. _entries.Where(entry => places.Contains(entry.Place.Start) || !isChecked(entry.Path))], _file);
    }

    /// <summary>The file's text: a line a finding, in ordinal order, so that two branches merge.</summary>
    public string Text => _entries.Select(entry => $"{entry.Code}\t{entry.Path}\t{entry.Fingerprint}\n").Order(StringComparer.Ordinal)
        .Aggregate(new StringBuilder(Head), (text, line) => text.Append(line)).ToString();

    private sealed record Entry(string Code, string Path, string Fingerprint, SourceSpan Place);
}
