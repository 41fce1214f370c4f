using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>What Kusto.Language says of a workbook's queries. One that names a parameter nobody knows was analysed with a made-up value, so
/// the finding about the name stands for all of its others.</summary>
internal static class WorkbookQueriesCheck
{
    public static IEnumerable<Finding> Run(Workbook workbook, ImmutableArray<KqlAnalysis> analyses, ValidationContext context)
    {
        var known = WorkbookParameters.Of(workbook);
        foreach (var (query, analysis) in workbook.Queries.Zip(analyses))
        {
            if (query.References.All(known.IsSound))
            {
                foreach (var finding in Check(query.Sample, analysis, context, workbook.Origin == ContentOrigin.Spec))
                {
                    yield return finding;
                }
            }
        }
    }

    private static IEnumerable<Finding> Check(Query query, KqlAnalysis analysis, ValidationContext context, bool isSpec)
    {
        if (string.IsNullOrWhiteSpace(query.Text))
        {
            return isSpec ? [KqlFindings.EmptyQuery(query.Fallback)] : [];
        }

        return KustoCheck.Of(query, analysis, context)
            .Concat(WorkspaceNameCheck.Of(query, analysis, context))
            .Concat(WatchlistAliasCheck.Of(query, analysis, context))
            .Concat(analysis is { Columns: null, IsOpen: false, UnknownNames.IsEmpty: true } && !analysis.HasErrors() ? [KqlFindings.NotTabular(query.Fallback)] : []);
    }
}
