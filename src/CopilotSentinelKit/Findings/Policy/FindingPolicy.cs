using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings.Policy;

/// <summary>What a project wants of findings: which do not count, with a reason and a last day, and which are more or less severe. Comments
/// in the files and the entries of kit.yaml are followed alike; each that does nothing is a finding itself.</summary>
public sealed class FindingPolicy
{
    private readonly ImmutableArray<Exemption> _exemptions;
    private readonly ImmutableArray<JudgedFile> _files;
    private readonly ImmutableArray<Finding> _mistakes;
    private readonly HashSet<Exemption> _used = new(ReferenceEqualityComparer.Instance);

    /// <summary>Reads the policy.</summary>
    /// <param name="rules">The entries of kit.yaml.</param>
    /// <param name="files">Every file that findings may point into.</param>
    /// <param name="codes">The codes of all findings that there are.</param>
    /// <param name="today">The day on which expiry is judged; a suppression holds on its last day.</param>
    public FindingPolicy(ImmutableArray<FindingRule> rules, ImmutableArray<JudgedFile> files, IReadOnlyCollection<string> codes, DateOnly today)
    {
        var mistakes = new List<Finding>();
        var reader = new Exemptions(codes, today, mistakes);
        _files = files;
        _exemptions =
        [
            .. files.SelectMany(file => SuppressionComments.Read(file.Text)).SelectMany(reader.Of),
            .. rules.Select(rule => reader.Of(rule, files)).OfType<Exemption>().OrderByDescending(exemption => exemption.IsNarrow),
        ];
        _mistakes = [.. mistakes];
    }

    /// <summary>Whether the entries of kit.yaml speak of more than this run's files, so that one without effect is no mistake.</summary>
    public bool RulesAreForMore { get; init; }

    /// <summary>The findings of a whole run, in order, with those of the policy itself.</summary>
    public JudgedFindings JudgeRun(IEnumerable<Finding> findings)
    {
        ImmutableArray<Finding> all = [.. findings];
        var judged = Judge(all);
        var more = Judge(_mistakes.Concat(Unused(all)));
        return new(judged.Findings.Concat(more.Findings).Sorted(), judged.Suppressed);
    }

    /// <summary>Findings that come after those of the run, such as what is wrong with the output folder.</summary>
    public JudgedFindings Judge(IEnumerable<Finding> findings)
    {
        var counting = new List<Finding>();
        var suppressed = new List<Finding>();
        foreach (var finding in findings)
        {
            var own = _exemptions.Where(exemption => exemption.Code.Value == finding.Code && exemption.Covers(finding.Span)).ToList();
            _used.UnionWith(own);
            var ignoring = own.Find(exemption => exemption.Severity is null);
            var chosen = ignoring ?? own.FirstOrDefault();
            if (chosen is null)
            {
                counting.Add(finding);
            }
            else if (!(chosen.Severity >= finding.Severity) && !CanBeIgnored(finding))
            {
                counting.AddRange([finding, SuppressionFindings.NotIgnorable(chosen.Code.Span, finding.Code, finding.Span)]);
            }
            else if (chosen.Severity is { } severity)
            {
                counting.Add(finding with { Severity = severity });
            }
            else
            {
                suppressed.Add(finding with { Suppression = chosen.Suppression });
            }
        }

        return new(counting.Sorted(), suppressed.Sorted());
    }

    /// <summary>Whether a finding may be ignored or made less severe. Not the errors without whose cause nothing can be built (reading,
    /// model, templates), nor those that keep files from being lost (output), nor what is wrong with a suppression.</summary>
    public static bool CanBeIgnored(Finding finding) => finding.Code switch
    {
        ['C', 'S', 'K', '0', '7', '0' or '1', _] => false,
        ['C', 'S', 'K', '0', '1' or '2' or '3' or '6' or '9', ..] => finding.Severity != FindingSeverity.Error,
        _ => true,
    };

    private IEnumerable<Finding> Unused(ImmutableArray<Finding> findings)
    {
        // A file with an error may not have come as far as the check whose finding is suppressed.
        var broken = findings.Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.Span.File.Path).ToHashSet(StringComparer.Ordinal);
        var quiet = _files.Where(file => !file.IsChecked || broken.Contains(file.Text.Path)).Select(file => file.Text.Path).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from exemption in _exemptions
               where !_used.Contains(exemption) && !IsOfLaterStage(exemption.Code.Value)
               let inSource = exemption.Suppression?.Kind == SuppressionKind.InSource
               where inSource ? !quiet.Contains(exemption.Code.Span.File.Path) : !RulesAreForMore && exemption.Severity != FindingSeverity.Error && broken.Count == 0
               select SuppressionFindings.Unused(exemption.Code.Span, exemption.Code.Value),
        ];
    }

    /// <summary>What is wrong with the output is known only when it is written, and what is wrong with suppressions only after this.</summary>
    private static bool IsOfLaterStage(string code) =>
        code.StartsWith("CSK06", StringComparison.Ordinal) || code.StartsWith("CSK070", StringComparison.Ordinal) || code.StartsWith("CSK071", StringComparison.Ordinal);
}
