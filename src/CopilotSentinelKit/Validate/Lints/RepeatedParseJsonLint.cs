
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>The same text parsed as JSON over and over.</summary>
internal static class RepeatedParseJsonLint
{
    private const int Few = 2;

    public static IEnumerable<Finding> Run(LintedQuery query) => query.Calls("parse_json", "todynamic", "extractjson", "extract_json")
        .Select(call => (Call: call, Json: call.Arguments() is { IsEmpty: false } arguments ? arguments[^1] : null))
        .Where(parse => parse.Json is { ResultType: "string" } json && json.Unwrapped() is { Symbol.Kind: "Column" })
        .GroupBy(parse => parse.Json!.Unwrapped().Symbol)
        .Where(group => group.Count() > Few)
        .Select(group => LintFindings.RepeatedParse(query.At(group.First().Call), group.Key!.Name, group.Count()));
}
