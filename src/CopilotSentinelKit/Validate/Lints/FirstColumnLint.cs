using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>"in" over rows of several columns, of which only the first is compared.</summary>
internal static class FirstColumnLint
{
    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var node in query.Nodes)
        {
            if (node.OperatorText() is not ("in" or "!in" or "in~" or "!in~") || node["Left"]?.Unwrapped() is not { } left)
            {
                continue;
            }

            var operand = node["Right"] is { Kind: "ExpressionList" } list && list["Expressions"].Members().ToList() is [var single] ? single.Unwrapped() : node["Right"]?.Unwrapped();
            var name = left.Symbol is { Kind: "Column" } column ? column.Name : null;
            if (operand is not { IsOpen: false, Columns: { Length: > 1 } columns } || SameName(columns[0].Name, name))
            {
                continue;
            }

            yield return columns.FirstOrDefault(other => SameName(other.Name, name)) is { } wanted
                ? MeaningFindings.FirstColumn(query.At(operand), columns[0].Name, wanted.Name)
                : MeaningFindings.SeveralColumns(query.At(operand), columns[0].Name);
        }
    }

    private static bool SameName(string one, string? other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
