using System.Text.RegularExpressions;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Comparisons that letter case decides, of values whose case varies: account names, and names that the vendor writes in several ways.</summary>
internal static partial class CaseSensitiveLint
{
    // Azure Monitor says of these that the values may be all upper case; Copilot's hosts come as "Teams" and "teams".
    private static readonly string[] Varying = ["AzureActivity.OperationNameValue", "AzureActivity.ResourceProviderValue", "CopilotActivity.AppHost"];

    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var node in query.Nodes)
        {
            if (node.OperatorText() is not ("==" or "!=" or "in" or "!in") || node["Left"]?.Unwrapped() is not { Symbol.Kind: "Column" } left || node["Operator"] is not { } symbol)
            {
                continue;
            }

            var varies = left.Symbol.Origins.Any(Varying.Contains);
            var isAccount = AccountName().IsMatch(left.Symbol.Name);
            if (node.Operands().Any(value => value.Value is { } text && text.Any(char.IsAsciiLetter) && (varies || (isAccount && text.Contains('@', StringComparison.Ordinal)))))
            {
                var other = symbol.Text switch { "==" => "=~", "!=" => "!~", var list => list + "~" };
                yield return LintFindings.CaseSensitive(query.At(node), left.Source, symbol.Text!, other) with
                {
                    Fix = query.Fix($"Write \"{other}\"", (symbol.Start, symbol.End, other)),
                };
            }
        }

        foreach (var key in query.OfKind("JoinOperator", "LookupOperator").SelectMany(join => (join["ConditionClause"] ?? join["LookupClause"])?["Expressions"].Members() ?? []))
        {
            var tables = key["Left"] is { } one && key["Right"] is { } other ? AccountTables(query, one).Concat(AccountTables(query, other)).ToList() : [.. AccountTables(query, key)];
            var isEachAccount = key["Left"] is null || (AccountTables(query, key["Left"]!).Any() && AccountTables(query, key["Right"]!).Any());
            if (isEachAccount && tables.Distinct(StringComparer.Ordinal).Count() > 1)
            {
                yield return LintFindings.CaseSensitiveJoin(query.At(key), key.Source);
            }
        }
    }

    // Only columns of tables as they are: one that was made with tolower has no origin, and what a function returns may be lower case. UserId is an account in Office's table alone.
    private static IEnumerable<string> AccountTables(LintedQuery query, SyntaxNode key) =>
        key.Symbol is { Kind: "Column" } symbol
            ? symbol.Origins.Select(origin => origin.Split('.')).Where(origin => query.Analysis.Tables.Contains(origin[0]) && AccountName().IsMatch(origin[^1]) && (origin[^1] != "UserId" || origin[0] == "OfficeActivity")).Select(origin => origin[0])
            : [];

    [GeneratedRegex("^(UserPrincipalName|.*Upn|.*UPN|.*EmailAddress|SenderFromAddress|SenderMailFromAddress|TargetUserName|UserId|ActorName)$")]
    private static partial Regex AccountName();
}
