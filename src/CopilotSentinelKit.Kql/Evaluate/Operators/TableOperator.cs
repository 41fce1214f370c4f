
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>A tabular operator: how it is written, and how a use of it is compiled.</summary>
/// <param name="Kind">Kusto.Language's name of it.</param>
/// <param name="Name">Its name in KQL.</param>
/// <param name="Forms">What of it is known.</param>
/// <param name="Compile">Compiles it over the rows before it; null where it stands at the beginning.</param>
internal sealed record TableOperator(string Kind, string Name, string Forms, Func<Context, SyntaxNode, Relation?, Relation> Compile)
{
    /// <summary>Whether it may give more rows than it reads.</summary>
    public bool MakesRows => Kind is "EvaluateOperator" or "JoinOperator" or "LookupOperator" or "MvApplyOperator" or "MvExpandOperator" or "RangeOperator" or "ScanOperator";

    /// <summary>An operator that needs rows before it.</summary>
    public static TableOperator Over(string kind, string name, string forms, Func<Context, SyntaxNode, Relation, Relation> compile) =>
        new(kind, name, forms, (context, node, input) => input is null
            ? throw context.UnknownForm(node, $"{name} without rows before it")
            : compile(context, node, input));
}
