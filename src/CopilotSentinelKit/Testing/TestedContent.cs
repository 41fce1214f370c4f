using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Testing;

/// <summary>Finds the query that a test file beside existing content is for.</summary>
internal sealed class TestedContent(RepositoryFiles files, ContentIndex index, List<Finding> findings)
{
    /// <summary>The rule, hunt or parser under the name that reports give it; a query of a workbook is a hunt. Null after a finding.</summary>
    public ContentItem? Find(TestFileSpec file)
    {
        var found = (files.Beside(file.For) is { } path && ContentIndex.IsPath(path) ? index.In(path) : index.Named(file.For.Value)).SelectMany(Queries).ToImmutableArray();
        var chosen = file.Item is { } item ? [.. found.Where(content => ContentIndex.IsCalled(content, item.Value))] : found;

        // A solution has a rule as YAML, and packaged once more.
        chosen = [.. chosen.OrderBy(content => content.Origin == ContentOrigin.Arm).DistinctBy(content => (content.GetType(), QueryOf(content)?.Text))];
        if (chosen is [var single])
        {
            return Named(single);
        }

        findings.Add(chosen.IsEmpty
            ? file.Item is { } wanted && !found.IsEmpty
                ? TestFindings.NothingToTest(wanted.Span, wanted.Value, found.Select(NameOf))
                : TestFindings.NothingToTest(file.For.Span, file.For.Value, files.Near(file.For).Where(ContentIndex.IsPath))
            : TestFindings.SeveralToTest(file.For.Span, file.For.Value, chosen.Select(NameOf)));
        return null;
    }

    /// <summary>The query of a rule, hunt or parser.</summary>
    public static Query? QueryOf(ContentItem item) => item switch
    {
        AnalyticsRule rule => rule.Query,
        HuntingQuery hunt => hunt.Query,
        ParserFunction parser => parser.Query,
        _ => null,
    };

    private static IEnumerable<ContentItem> Queries(ContentItem item) => item is Workbook workbook
        ? workbook.Queries.Where(query => !query.Sample.IsUnknown).Select(query => PlainQuery.Hunt(query.Name, query.Sample))
        : QueryOf(item) is { IsUnknown: false } ? [item] : [];

    private static ContentItem Named(ContentItem item) => item with { Id = new(NameOf(item), item.Id.Span) };

    // Ids of existing content are GUIDs, which tell a person nothing.
    private static string NameOf(ContentItem item) => item is ParserFunction parser ? parser.Alias : item.Name.Value.Length > 0 ? item.Name.Value : item.Id.Value;
}
