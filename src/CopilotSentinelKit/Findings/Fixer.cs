using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings;

/// <summary>Makes the fixes of findings, and keeps a fix only when a new check of the changed files shows that its finding is gone and that
/// they have no error that was not there. Where several fixes want the same place, the first one wins, and the next round sees what is left.</summary>
/// <param name="check">Checks everything again, with other texts for the files at these paths; the paths are those of <see cref="SourceFile.Path"/>.</param>
/// <param name="mayEdit">Whether a file may be changed.</param>
public sealed class Fixer(Func<ImmutableDictionary<string, string>, Task<ImmutableArray<Finding>>> check, Func<SourceFile, bool> mayEdit)
{
    private const int MostRounds = 10;
    private const int MostChecks = 200;

    private readonly List<Finding> _fixed = [];
    private readonly List<Finding> _refused = [];
    private ImmutableDictionary<string, string> _texts = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);
    private ImmutableArray<Finding> _findings;
    private int _checks;
    private bool _roundIsOver;

    /// <summary>Fixes what can be fixed, in memory: nothing is written.</summary>
    /// <param name="findings">What the check of the files as they are gave.</param>
    public async Task<FixResult> RunAsync(ImmutableArray<Finding> findings)
    {
        _findings = findings;
        for (var round = 0; round < MostRounds && Choose(_findings) is { IsEmpty: false } chosen; round++)
        {
            _roundIsOver = false;
            await TryAsync(new(_texts, _findings), [], chosen);
        }

        return new(_texts, [.. _fixed], [.. _refused], _findings);
    }

    private ImmutableArray<Finding> Choose(IEnumerable<Finding> findings)
    {
        var chosen = new List<Finding>();
        foreach (var finding in findings.Where(finding => finding.Fix is { Edits.IsEmpty: false } && !_refused.Exists(other => Same(other, finding))))
        {
            var file = finding.Fix!.Edits[0].Span.File;
            var isOneFile = finding.Fix.Edits.All(edit => edit.Span.File.Path == file.Path);
            if (isOneFile && mayEdit(file) && !chosen.Exists(other => FileOf(other) == file.Path && TextEdits.Overlap(other.Fix!.Edits, finding.Fix.Edits)))
            {
                chosen.Add(finding);
            }
        }

        return [.. chosen];
    }

    // All at once; when that does not do, each half on its own, down to the fixes that are wrong.
    private async Task<ImmutableArray<Finding>> TryAsync(Round round, ImmutableArray<Finding> made, ImmutableArray<Finding> more)
    {
        var all = made.AddRange(more);
        if (_roundIsOver)
        {
            return made;
        }

        if (_checks >= MostChecks)
        {
            _refused.AddRange(more);
            return made;
        }

        var texts = Apply(round.Texts, all);
        var after = await CheckAsync(texts);
        if (IsGone(after, all) && NewErrors(round.Findings, after, all).IsEmpty)
        {
            (_texts, _findings) = (texts, after);
            _fixed.AddRange(more);
            return all;
        }

        if (more.Length == 1)
        {
            if (!await GoOnAsync(round, texts, after, made, more[0]))
            {
                _refused.Add(more[0]);
            }

            return made;
        }

        made = await TryAsync(round, made, more[..(more.Length / 2)]);
        return await TryAsync(round, made, more[(more.Length / 2)..]);
    }

    // A mistake can hide others, such as an entity's type those of its identifiers: when each that shows now has a fix, too, they are one.
    private async Task<bool> GoOnAsync(
        Round round, ImmutableDictionary<string, string> texts, ImmutableArray<Finding> after, ImmutableArray<Finding> made, Finding next)
    {
        var all = made.Add(next);
        var shown = Choose(NewErrors(round.Findings, after, all));
        if (shown.IsEmpty || !IsGone(after, all) || _checks >= MostChecks)
        {
            return false;
        }

        texts = Apply(texts, shown);
        var last = await CheckAsync(texts);
        if (!IsGone(last, shown) || !NewErrors(round.Findings, last, all.AddRange(shown)).IsEmpty)
        {
            return false;
        }

        // What else this round was to fix has other places now.
        (_texts, _findings, _roundIsOver) = (texts, last, true);
        _fixed.AddRange([next, .. shown]);
        return true;
    }

    private Task<ImmutableArray<Finding>> CheckAsync(ImmutableDictionary<string, string> texts)
    {
        _checks++;
        return check(texts);
    }

    private static ImmutableDictionary<string, string> Apply(ImmutableDictionary<string, string> texts, ImmutableArray<Finding> made) =>
        texts.SetItems(made.GroupBy(FileOf, StringComparer.Ordinal).Select(file =>
            KeyValuePair.Create(file.Key, TextEdits.Apply(file.First().Fix!.Edits[0].Span.File.Text, file.SelectMany(finding => finding.Fix!.Edits)))));

    // No finding of the same code where one that was fixed would be now.
    private static bool IsGone(ImmutableArray<Finding> after, ImmutableArray<Finding> made)
    {
        return made.All(finding => !after.Any(left => left.Code == finding.Code && left.Span.File.Path == finding.Span.File.Path && left.Span.Start == Moved(finding)));

        int Moved(Finding finding) => TextEdits.Shift(
            finding.Span.Start,
            made.Where(other => FileOf(other) == finding.Span.File.Path).SelectMany(other => other.Fix!.Edits));
    }

    // Errors in the changed files, of codes that have more of them than before.
    private static ImmutableArray<Finding> NewErrors(ImmutableArray<Finding> before, ImmutableArray<Finding> after, ImmutableArray<Finding> made)
    {
        var files = made.Select(FileOf).ToHashSet(StringComparer.Ordinal);
        var known = ErrorsOf(before).ToDictionary(group => group.Key, group => group.Count());
        return [.. ErrorsOf(after).Where(group => group.Count() > known.GetValueOrDefault(group.Key)).SelectMany(group => group)];

        IEnumerable<IGrouping<(string Path, string Code), Finding>> ErrorsOf(ImmutableArray<Finding> findings) =>
            findings.Where(finding => finding.Severity == FindingSeverity.Error && files.Contains(finding.Span.File.Path))
                .GroupBy(finding => (finding.Span.File.Path, finding.Code));
    }

    private static bool Same(Finding left, Finding right) => left.Code == right.Code && left.Message == right.Message && FileOf(left) == FileOf(right);

    private static string FileOf(Finding finding) => finding.Fix!.Edits[0].Span.File.Path;

    private sealed record Round(ImmutableDictionary<string, string> Texts, ImmutableArray<Finding> Findings);
}

/// <summary>What fixing gave.</summary>
/// <param name="Texts">The new text of each file that changes, by path.</param>
/// <param name="Fixed">The findings that are fixed, as they were.</param>
/// <param name="Refused">Findings whose fix did not do what it should; nothing of it is in <paramref name="Texts"/>.</param>
/// <param name="Remaining">The findings of the files as they are then.</param>
public sealed record FixResult(
    ImmutableDictionary<string, string> Texts,
    ImmutableArray<Finding> Fixed,
    ImmutableArray<Finding> Refused,
    ImmutableArray<Finding> Remaining);
