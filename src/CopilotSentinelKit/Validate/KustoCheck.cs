using System.Collections.Frozen;
using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Kusto.Language's errors and warnings, at the place in the YAML they come from; its suggestions are matters of style and stay out.</summary>
internal static class KustoCheck
{
    // Every table of Log Analytics has these, and the pages that list a table's columns leave them out; a query may also give a column such a name.
    private static readonly FrozenSet<string> StandardColumns = FrozenSet.Create(
        StringComparer.Ordinal, "_BilledSize", "_IsBillable", "_ItemId", "_ResourceId", "_SubscriptionId", "_TimeReceived");

    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context) =>
        analysis is null || item.GetQuery() is not { } query || string.IsNullOrWhiteSpace(query.Text) ? []
        : Of(query, analysis, context, item.IsByOthers).Select(finding => MayBeParameter(item, finding) ? finding with { Severity = FindingSeverity.Warning } : finding);

    // The parameters of a function in a file of KQL alone are kept by the portal.
    private static bool MayBeParameter(ContentItem item, Finding finding) => finding.Code == "KS142" && item is ParserFunction { Origin: ContentOrigin.Kql };

    /// <summary>The findings about one query.</summary>
    public static IEnumerable<Finding> Of(Query query, KqlAnalysis analysis, ValidationContext context, bool isForeign = false)
    {
        var reported = WithoutFollowers(query.Text, [.. analysis.Diagnostics.SelectMany(finding => AtKeys(finding, analysis.Tree))]);
        foreach (var causes in Causes(query.Text, reported))
        {
            var finding = causes[0];
            if (SyntaxMistake.IsSyntax(finding) && EscapeAt(query.Text, finding.Start) is { } escape)
            {
                yield return KqlFindings.UnknownEscape(query.Locate(finding.Start, escape.Length), escape);
                continue;
            }

            var name = WorkspaceNames.NameAt(query.Text, finding);
            var span = query.Locate(finding.Start, finding.Length);
            var found = (isForeign ? OfWorkspace(finding, name, span, analysis, context) : null)
                ?? KqlFindings.FromKusto(finding, SeverityOf(finding, name, analysis, context), span, UnknownNameHint.For(finding, query.Text, analysis, context.Schema));
            found = causes.Skip(1).Aggregate(found, (first, other) => first.With(query.Locate(other.Start, other.Length), "and here"));
            yield return found.Span.File == query.Fallback.File ? found : found.With(query.Fallback, "rendered for this");
        }
    }

    // Kusto.Language says of the whole query that keys of a join differ in type; each such pair is a place of its own.
    private static IEnumerable<KqlDiagnostic> AtKeys(KqlDiagnostic finding, SyntaxNode? tree)
    {
        var pairs = finding.Code != "KS242" ? [] : tree?.OfKind("JoinOnClause")
            .SelectMany(clause => clause.OfKind("EqualExpression"))
            .Where(pair => pair["Left"]?.ResultType is { } left && pair["Right"]?.ResultType is { } right && left != right)
            .ToList() ?? [];
        return pairs.Count == 0 ? [finding] : pairs.Select(pair => finding with
        {
            Start = pair.Start,
            Length = pair.Length,
            Message = $"The keys of the join are of different types, {pair["Left"]!.ResultType} and {pair["Right"]!.ResultType}. Make them alike before the join, as with tostring().",
        });
    }

    // What follows from a mistake of syntax is not a mistake of its own.
    private static ImmutableArray<KqlDiagnostic> WithoutFollowers(string kql, ImmutableArray<KqlDiagnostic> findings) =>
        SyntaxMistake.In(kql, findings) is { IsEmpty: false } mistakes
            ? [.. findings.Where(finding => !mistakes.Any(mistake => mistake.Covers(finding.Start))).Concat(mistakes.Select(mistake => mistake.Finding)).OrderBy(finding => finding.Start)]
            : findings;

    // A backslash before a letter that means nothing ends the text for Kusto.Language.
    private static string? EscapeAt(string kql, int start) =>
        start >= 0 && start + 1 < kql.Length && kql[start] == '\\' && !char.IsWhiteSpace(kql[start + 1]) ? kql.Substring(start, 2) : null;

    /// <summary>The findings by what causes them: a column that is not there is one mistake, however often it is named.</summary>
    private static IEnumerable<ImmutableArray<KqlDiagnostic>> Causes(string kql, ImmutableArray<KqlDiagnostic> findings)
    {
        var relevant = findings
            .Where(finding => finding.Severity is "Error" or "Warning" && !(finding.Code is "KS142" or "KS171" && StandardColumns.Contains(WorkspaceNames.NameAt(kql, finding))))
            .ToImmutableArray();
        var unknown = relevant.Where(finding => finding.Code == "KS142")
            .GroupBy(finding => WorkspaceNames.NameAt(kql, finding), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.OrderBy(finding => finding.Start).ToImmutableArray(), StringComparer.Ordinal);
        foreach (var finding in relevant)
        {
            var causes = unknown.GetValueOrDefault(WorkspaceNames.NameAt(kql, finding));
            if (finding.Code == "KS142" && !causes.IsDefault)
            {
                if (causes[0] == finding)
                {
                    yield return causes;
                }
            }
            // A join on a column that was lost because its name is misspelt further up, or an argument without a type because its name is.
            else if (finding.Code == "KS145" ? Nearest.Find(WorkspaceNames.NameAt(kql, finding), unknown.Keys) is null : causes.IsDefault || causes.All(cause => cause.Start != finding.Start))
            {
                yield return [finding];
            }
        }
    }

    /// <summary>A column that is not documented for a table and that a workspace may have all the same.</summary>
    private static Finding? OfWorkspace(KqlDiagnostic finding, string name, SourceSpan span, KqlAnalysis analysis, ValidationContext context)
    {
        if (finding.Code != "KS142")
        {
            return null;
        }

        var table = analysis.Tables.FirstOrDefault(table => context.Schema.Catalog.FindDefender(table) is { } columns && columns.Any(column => column.Name == name));
        return name.EndsWith("_CF", StringComparison.Ordinal) ? WorkspaceFindings.CustomColumn(span, name)
            : table is not null ? WorkspaceFindings.DefenderColumn(span, name, table)
            : null;
    }

    // A pattern of project-away that takes no column away does no harm.
    private static FindingSeverity SeverityOf(KqlDiagnostic finding, string name, KqlAnalysis analysis, ValidationContext context) =>
        finding.Severity == "Error" && !IsOfOtherVersion(finding, analysis, context) && !(finding.Code == "KS142" && name.Contains('*', StringComparison.Ordinal)) ? FindingSeverity.Error : FindingSeverity.Warning;

    // An ASIM parser that somebody deployed may be of another version, with other parameters.
    private static bool IsOfOtherVersion(KqlDiagnostic finding, KqlAnalysis analysis, ValidationContext context) =>
        finding.Code == "KS196"
        && analysis.Tree?.Calls([.. analysis.Functions.Where(name => !name.StartsWith('_') && context.Schema.Catalog.FindFunction(name) is not null)])
            .Any(call => call.Start <= finding.Start && call.End > finding.Start) == true;
}
