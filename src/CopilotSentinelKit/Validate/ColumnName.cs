using System.Text.RegularExpressions;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>The column names that entity mappings and custom details can hold; narrower than KQL's.</summary>
internal static partial class ColumnName
{
    private const int Limit = 500;

    /// <summary>A finding when the name is not one of those.</summary>
    public static IEnumerable<Finding> Check(Spanned<string> column) =>
        column.Value.Length > Limit || !Pattern().IsMatch(column.Value)
            ? [EntityFindings.IllegalColumnName(column.Span, column.Value, Limit)]
            : [];

    [GeneratedRegex(@"^[a-zA-Z_]\w*\z")]
    private static partial Regex Pattern();
}
