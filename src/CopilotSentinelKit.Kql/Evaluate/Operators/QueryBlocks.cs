
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>A whole query: its statements, the last of which gives the rows.</summary>
internal static class QueryBlocks
{
    public static Relation Compile(Context context, SyntaxNode block, KqlAnalysis analysis)
    {
        if (analysis.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == "Error" && diagnostic.Code != UnboundName) is { } error)
        {
            throw Refusals.WrongQuery(context.Source, error);
        }

        Relation? result = null;
        foreach (var statement in block.Items("Statements"))
        {
            if (statement.Kind != "ExpressionStatement")
            {
                Statements.Declare(context, statement, block, Row.None);
                continue;
            }

            result = TableCompiler.Compile(context, statement["Expression"]!);
        }

        return result ?? throw context.UnknownForm(block, "a query without a tabular expression");
    }

    // Columns of a table of any columns are unbound in the function's own body; the compiler finds them where it is called.
    private const string UnboundName = "KS142";
}
