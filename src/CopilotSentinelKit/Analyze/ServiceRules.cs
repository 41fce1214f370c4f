using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Analyze;

/// <summary>Where Kusto.Language is stricter than the service that runs queries: what it calls an error there and the service takes is none.</summary>
internal static class ServiceRules
{
    private static readonly string[] Parsing = ["todynamic", "parse_json", "toobject"];
    private static readonly string[] Choosing = ["coalesce", "iff", "iif", "case"];

    /// <summary>The analysis without the errors that the service does not make.</summary>
    public static KqlAnalysis Apply(KqlAnalysis analysis, string kql, KqlSchema schema) =>
        analysis.Tree is not { } tree || analysis.Diagnostics.All(finding => finding.Severity != "Error") ? analysis : analysis with
        {
            Diagnostics = [.. analysis.Diagnostics.Where(finding => finding.Severity != "Error" || !IsTaken(finding, tree, analysis, kql, schema))],
        };

    /// <summary>The smallest node that an offset range lies in; the root when none does.</summary>
    public static SyntaxNode NodeAt(SyntaxNode root, int start, int length)
    {
        var node = root;
        while (node.Children.FirstOrDefault(child => child.Text is null && child.Start <= start && child.End >= start + length && child.Length > 0) is { } inner)
        {
            node = inner;
        }

        return node;
    }

    private static bool IsTaken(KqlDiagnostic finding, SyntaxNode root, KqlAnalysis analysis, string kql, KqlSchema schema)
    {
        // Microsoft's own workbooks write hint.strategy=partitioned, which the service passes over there.
        if (finding.Code == "KS005" && finding.Message.Contains("Expected: shuffle", StringComparison.Ordinal))
        {
            return true;
        }

        if (finding.Code is not ("KS107" or "KS119" or "KS141" or "KS142" or "KS147" or "KS171"))
        {
            return false;
        }

        var node = NodeAt(root, finding.Start, finding.Length);
        return finding.Code switch
        {
            "KS107" or "KS141" => IsTakenArgument(node, kql, finding),

            // Its options may be named in any number.
            "KS119" => kql.AsSpan(finding.Start, finding.Length).StartsWith("bag_unpack", StringComparison.Ordinal),
            "KS142" => IsMemberOfChecked(node, analysis, schema),
            "KS147" => node.SelfAndAbove().FirstOrDefault(above => above["Selector"] is not null)?["Expression"] is { } owner && MayBeDynamic(owner),

            // A column that is renamed to its own name keeps it.
            _ => node.SelfAndAbove().FirstOrDefault(above => above.Kind == "SimpleNamedExpression") is { Parent: not null } renamed
                && renamed.Ancestors().Any(above => above.Kind == "ProjectRenameOperator") && renamed["Name"]?.Source == renamed["Expression"]?.Source,
        };
    }

    private static bool IsTakenArgument(SyntaxNode node, string kql, KqlDiagnostic finding)
    {
        // split(...)['-1'] is null, not refused.
        if (node.SelfAndAbove().FirstOrDefault(above => above.Kind == "BracketedExpression") is { } index && index["Expression"] is { ResultType: "string" } name
            && name.Start <= finding.Start && name.End >= finding.Start + finding.Length)
        {
            return true;
        }

        var call = node.SelfAndAbove().FirstOrDefault(above => above.Kind == "FunctionCallExpression" && above["ArgumentList"] is { } list && list.Start <= finding.Start);
        return call is not null && (
            // The aggregate takes a column and counts rows all the same.
            call.IsCall("count")
            || (call.IsCall(Parsing) && call.Arguments() is [{ ResultType: "dynamic" }])
            || (call.IsCall(Choosing) && call.Arguments().Any(argument => argument.ResultType == "dynamic"))
            || (call.IsCall("bag_unpack") && kql.AsSpan(finding.Start, finding.Length).StartsWith("dynamic", StringComparison.Ordinal)));
    }

    // column_ifexists has the type of its column where that is there, not that of the default; of a column that the query made, nobody knows it.
    private static bool IsMemberOfChecked(SyntaxNode node, KqlAnalysis analysis, KqlSchema schema)
    {
        var path = node.SelfAndAbove().FirstOrDefault(above => above.Kind is "PathExpression" or "ElementExpression");
        return path is not null && DynamicPath.Of(path).Root is var root
            && Calls(root).Any(call => call.Arguments() is [{ Value: { } name }, ..] && analysis.Tables.All(table => TypeOf(table, name, schema) is null or "dynamic"));
    }

    private static IEnumerable<SyntaxNode> Calls(SyntaxNode root) =>
        Values(root).SelectMany(value => value.IsCall(Choosing) ? value.Arguments().SelectMany(Values) : [value]).Where(source => source.IsCall("column_ifexists", "columnifexists"));

    private static IEnumerable<SyntaxNode> Values(SyntaxNode node) => (node.Symbol?.Sources ?? []).Append(node).Select(Value);

    private static bool MayBeDynamic(SyntaxNode owner) => (owner.Unwrapped().Symbol?.Sources ?? []).Append(owner).Select(Value)
        .Any(source => source.IsCall(Choosing) && source.Arguments().Any(argument => argument.ResultType == "dynamic" || argument.Kind == "DynamicExpression"));

    private static SyntaxNode Value(SyntaxNode source)
    {
        var value = source.Unwrapped();
        return value.Kind == "SimpleNamedExpression" && value["Expression"] is { } expression ? expression.Unwrapped() : value;
    }

    private static string? TypeOf(string table, string column, KqlSchema schema) =>
        (schema.Tables.FirstOrDefault(known => known.Name == table)?.Columns ?? schema.Catalog.Find(table) ?? []).FirstOrDefault(known => known.Name == column)?.Type;

    private static IEnumerable<SyntaxNode> SelfAndAbove(this SyntaxNode node) => node.Ancestors().Prepend(node);
}
