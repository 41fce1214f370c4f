
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>What a rule is not documented to be able to do: ask other services, run plugins that leave the engine, give commands. Also
/// bag_unpack, whose columns depend on the data.</summary>
internal static class UnsupportedLint
{
    private static readonly string[] Services = ["adx", "arg", "cluster"];

    // Kusto's documentation says of each that it calls out of the cluster or runs a sandbox.
    private static readonly string[] Plugins =
    [
        "ai_embed_text", "azure_digital_twins_query_request", "cosmosdb_sql_request", "http_request", "http_request_post", "mysql_request",
        "postgresql_request", "python", "r", "sql_request",
    ];

    public static IEnumerable<Finding> Run(LintedQuery query) => query.IsRule ? query.Nodes.Select(node => Find(query, node)).OfType<Finding>() : [];

    private static Finding? Find(LintedQuery query, SyntaxNode node) => node.Kind switch
    {
        "EvaluateOperator" when node["FunctionCall"] is { } call && call["Name"] is { } name => (name.Source, node["Schema"]) switch
        {
            // column_ifexists is how a query asks for a column that may not be there.
            ("bag_unpack", null) when query.Calls("column_ifexists", "columnifexists").All(column => column.Start < node.Start) => LintFindings.BagUnpack(query.At(call)),
            var (plugin, _) when Plugins.Contains(plugin) => LintFindings.Unsupported(query.At(name), plugin),
            _ => null,
        },
        "FunctionCallExpression" when node.CalledName() is { } service && Services.Contains(service)
            && query.Context.Schema.Functions.All(function => function.Name != service) => LintFindings.Unsupported(query.At(node), service),
        "SetOptionStatement" => LintFindings.Unsupported(query.At(node), "set"),
        "CommandBlock" => LintFindings.Unsupported(query.Query.Fallback, node.Source.Split(' ', '\n')[0]),
        _ => null,
    };
}
