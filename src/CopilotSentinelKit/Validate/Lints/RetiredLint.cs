using System.Collections.Frozen;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Tables and columns that get no data any more (Data/retired.tsv).</summary>
internal static class RetiredLint
{
    private static readonly Lazy<FrozenDictionary<string, string[]>> Retired =
        new(() => KitData.ReadRows("retired.tsv").ToFrozenDictionary(row => row[0], StringComparer.Ordinal));

    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in query.Nodes.Where(node => node.Kind == "NameReference"))
        {
            var names = node.Symbol switch
            {
                { Kind: "Column", Origins: [var origin] } => [origin],
                { Kind: "Table" } table => [table.Name],
                null => [node.Source],
                _ => (string[])[],
            };
            foreach (var name in names.Where(name => Retired.Value.ContainsKey(name) && reported.Add(name)))
            {
                var row = Retired.Value[name];
                yield return LintFindings.Retired(query.At(node), name, row[1], row[2]);
            }
        }
    }
}
