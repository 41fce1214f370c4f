
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>parse_json of what is dynamic already.</summary>
internal static class ParseJsonLint
{
    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var call in query.Calls("parse_json", "todynamic", "toobject"))
        {
            if (call.Arguments() is not [{ ResultType: "dynamic" } argument] || argument.Origins().Any(origin => IsTextInDefender(query, origin)))
            {
                continue;
            }

            var finding = LintFindings.ParseOfDynamic(query.At(call), call.CalledName()!, argument.Source);
            var isColumn = argument.Unwrapped() is { Kind: "NameReference", Symbol: { Kind: "Column", Origins.IsEmpty: false } };
            yield return isColumn ? finding with { Fix = query.Fix("Drop the call", (call.Start, call.End, argument.Source)) } : finding;
        }

        foreach (var call in query.Calls("extractjson", "extract_json"))
        {
            if (call.Arguments() is [_, { ResultType: "dynamic" } argument, ..])
            {
                yield return LintFindings.ParseOfDynamic(query.At(call), call.CalledName()!, argument.Source);
            }
        }
    }

    // AdditionalFields of Defender's tables is dynamic in Sentinel and text in Defender: a query with the call runs in both.
    private static bool IsTextInDefender(LintedQuery query, string origin) =>
        origin.Split('.') is [var table, var name]
        && query.Context.Schema.Catalog.FindDefender(table)?.FirstOrDefault(column => column.Name == name) is { Type: "string" };
}
