using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Validate;

/// <summary>A mistake of syntax, and the part of the query about which Kusto.Language then says what is not so.</summary>
/// <param name="Finding">What is wrong, at the place where somebody has to write something.</param>
/// <param name="From">Offset of the first character that is misread.</param>
/// <param name="Until">Offset of the end of its statement.</param>
internal sealed partial record SyntaxMistake(KqlDiagnostic Finding, int From, int Until)
{
    /// <summary>Whether an offset lies in what is misread.</summary>
    public bool Covers(int offset) => offset >= From && offset <= Until;

    /// <summary>The first mistake of each statement; those that Kusto.Language sees behind it follow from it.</summary>
    public static ImmutableArray<SyntaxMistake> In(string kql, IEnumerable<KqlDiagnostic> findings)
    {
        var mistakes = ImmutableArray.CreateBuilder<SyntaxMistake>();
        foreach (var finding in findings.Where(finding => finding.Severity == "Error" && IsSyntax(finding)).OrderBy(finding => finding.Start))
        {
            if (mistakes.Count == 0 || finding.Start > mistakes[^1].Until)
            {
                mistakes.Add(Of(kql, finding));
            }
        }

        return mistakes.DrainToImmutable();
    }

    /// <summary>Whether a finding is about syntax: Kusto.Language's codes up to KS099.</summary>
    public static bool IsSyntax(KqlDiagnostic finding) => finding.Code.StartsWith("KS", StringComparison.Ordinal) && string.CompareOrdinal(finding.Code, "KS100") < 0;

    private static SyntaxMistake Of(string kql, KqlDiagnostic finding)
    {
        var end = finding.Start < kql.Length ? kql.IndexOf(';', finding.Start) : -1;
        var until = end < 0 ? int.MaxValue : end;
        if (finding is { Code: "KS005", Message: { } expected } && finding.Start >= 0 && finding.Start <= kql.Length)
        {
            if (expected.Contains("Expected: ;", StringComparison.Ordinal) && OperatorNext().Match(kql, finding.Start) is { Success: true, Groups: [_, var word] })
            {
                return new(finding with { Start = word.Index, Length = word.Length, Message = $"A bar is missing before \"{word.Value}\". Write \"| {word.Value}\"." }, finding.Start, until);
            }

            if (expected.Contains("Expected: )", StringComparison.Ordinal) && Unclosed(kql) is [var outer, ..] brackets)
            {
                return new(finding with { Start = brackets[^1], Length = 1, Message = "Nothing closes this bracket. Write \")\" where it is to end." }, outer, until);
            }
        }

        return new(finding, finding.Start, until);
    }

    // Offsets of round brackets that nothing closes, from the outermost on.
    private static List<int> Unclosed(string kql)
    {
        var open = new List<int>();
        foreach (var match in Brackets().EnumerateMatches(kql))
        {
            if (kql[match.Index] == '(')
            {
                open.Add(match.Index);
            }
            else if (kql[match.Index] == ')' && open.Count > 0)
            {
                open.RemoveAt(open.Count - 1);
            }
        }

        return open;
    }

    // Texts and comments are matched whole, so that brackets within them are none.
    [GeneratedRegex("""//[^\n]*|@"[^"]*"|@'[^']*'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[()]""")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"\G\s*(where|extend|project(?:-away|-keep|-rename|-reorder)?|summarize|distinct|join|lookup|union|sort|order|top|take|limit|count|parse|mv-expand|mv-apply|evaluate|invoke|render|serialize|as|make-series)\b")]
    private static partial Regex OperatorNext();
}
