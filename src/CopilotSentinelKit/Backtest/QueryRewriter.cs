
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Backtest;

/// <summary>What a query finds where it is sent to.</summary>
/// <param name="Now">The expression that now() becomes.</param>
/// <param name="Replace">What stands in for a table, function or watchlist; null leaves it as it is.</param>
internal sealed record QueryTarget(string Now, Func<KqlReference, string?> Replace)
{
    /// <summary>Whether tables have the time of ingestion in a column; else ingestion_time() stays.</summary>
    public bool HasIngestionColumn { get; init; }

    /// <summary>Whether a render at the end is left out, which only a query of its own may have.</summary>
    public bool DropsRender { get; init; }
}

/// <summary>Rewrites a query for another place by the offsets of its bound tree; everything else stays as it was written.</summary>
internal static class QueryRewriter
{
    /// <summary>The query up to the end of its last expression.</summary>
    public static string Rewrite(KqlText text, QueryTarget target)
    {
        var edits = new KqlEdits();
        var ingestion = target.HasIngestionColumn ? IngestionPlan.Of(text) : new();
        foreach (var reference in text.References)
        {
            switch (reference.Kind)
            {
                case ReferenceKind.Now:
                    Clock(edits, reference.Node, target.Now, '+');
                    break;
                case ReferenceKind.Ago:
                    Clock(edits, reference.Node, target.Now, '-');
                    break;
                case ReferenceKind.IngestionTime when target.HasIngestionColumn:
                    edits.Replace(reference.Node, IngestionPlan.Column);
                    break;
                case ReferenceKind.IngestionTime:
                    break;
                default:
                    if (target.Replace(reference with { WithIngestionTime = ingestion.Needs(reference.Node) }) is { } replacement)
                    {
                        edits.Replace(reference.Node, replacement);
                    }

                    break;
            }
        }

        foreach (var step in ingestion.Ends)
        {
            edits.InsertAfter(step, $" | project-away {IngestionPlan.Column}");
        }

        var end = text.Result;
        if (target.DropsRender && end is { Kind: "PipeExpression" } pipe && pipe["Operator"]?.Kind == "RenderOperator")
        {
            end = pipe["Expression"]!;
        }

        return edits.Apply(text.Text, 0, end.End);
    }

    /// <summary>now(x) and ago(x), whose x may hold further calls, and datetime().</summary>
    private static void Clock(KqlEdits edits, SyntaxNode node, string now, char sign)
    {
        if (node.Kind != "FunctionCallExpression" || node.Arguments() is not [{ } offset, ..])
        {
            edits.Replace(node, now);
            return;
        }

        edits.Replace(node.Start, offset.Start, $"({now} {sign} (");
        edits.Replace(offset.End, node.End, "))");
    }
}
