using System.Collections.Frozen;
using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Values that a column never has, or has in another letter case.</summary>
internal static class KnownValueLint
{
    private static readonly Lazy<FrozenDictionary<string, Known>> Columns = new(() => KitData.ReadRows("column-values.tsv").ToFrozenDictionary(
        row => $"{row[0]}.{row[1]}", row => new Known(row[2] == "all", [.. row[3].Split('|')]), StringComparer.Ordinal));

    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var node in query.Nodes)
        {
            if (node.OperatorText() is not { } operation || operation is not ("==" or "=~" or "in" or "in~")
                || node["Left"]?.Unwrapped() is not { Symbol: { Kind: "Column", Origins: [var origin] } column } || Columns.Value.GetValueOrDefault(origin) is not { } known)
            {
                continue;
            }

            foreach (var value in node.Operands().Where(value => value is { Kind: "StringLiteralExpression", Value.Length: > 0 }))
            {
                var near = known.Values.FirstOrDefault(one => one.Equals(value.Value, StringComparison.OrdinalIgnoreCase));
                if (near is null && known.IsAll)
                {
                    yield return MeaningFindings.NoSuchValue(query.At(value), value.Value!, column.Name, string.Join(", ", known.Values));
                }
                else if (near is not null && near != value.Value && operation is "==" or "in" && !known.Values.Contains(value.Value!))
                {
                    yield return MeaningFindings.OtherCase(query.At(value), value.Value!, column.Name, near, operation);
                }
            }
        }
    }

    private sealed record Known(bool IsAll, ImmutableArray<string> Values);
}
