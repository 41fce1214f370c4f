using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>A let variable that nothing reads.</summary>
internal static class UnusedLetLint
{
    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        var read = query.OfKind("NameReference").Select(node => node.Source).ToHashSet(StringComparer.Ordinal);
        return from statement in query.OfKind("LetStatement")
               let name = statement["Name"]
               where name is not null && !read.Contains(name.Source.Trim())
               select MeaningFindings.UnusedLet(query.At(name), name.Source);
    }
}
