
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>Turns the tree of a tabular expression into rows to come.</summary>
internal static class TableCompiler
{
    /// <summary>Compiles a tabular expression.</summary>
    /// <param name="context">Where it is.</param>
    /// <param name="node">The expression.</param>
    /// <param name="input">The rows that its first operator works on, in the subqueries of mv-apply and partition.</param>
    public static Relation Compile(Context context, SyntaxNode node, Relation? input = null)
    {
        switch (node.Kind)
        {
            case "PipeExpression":
                return Apply(context, node["Operator"]!, Compile(context, node["Expression"]!, input));
            case "ParenthesizedExpression" or "MvApplySubqueryExpression" or "ToTableExpression":
                return Compile(context, node["Expression"]!, input);
            case "PartitionSubquery":
                return Compile(context, node["Subquery"]!, input);
            case "MaterializeExpression":
                return Compile(context, node["Expression"]!, input).Kept(context);
            case "NameReference":
                return CompileName(context, node);
            case "FunctionCallExpression":
                return CompileCall(context, node, null);
            case "DataTableExpression":
                return DataTable.Compile(context, node);
            case "ExternalDataExpression":
                return WorkspaceTables.External(context, node);
            case "InlineExternalTableExpression":
                throw context.UnknownForm(node, "external_table: it reads what is not in the workspace");
            default:
                return Apply(context, node, input);
        }
    }

    /// <summary>Compiles a call that gives a table; the rows of a pipe are its first argument.</summary>
    public static Relation CompileCall(Context context, SyntaxNode node, Relation? piped)
    {
        var name = node.CalledName()!;
        if (context.Scope.Find(name) is { Function: { } declaration, Definition: { } definition })
        {
            return CompileDeclared(context, node, declaration, definition, piped);
        }

        if (WorkspaceFunctions.Find(context, name) is { } function)
        {
            return WorkspaceFunctions.Compile(context, node, function, node.Arguments());
        }

        return name switch
        {
            "materialize" => Compile(context, node.Arguments()[0]).Kept(context),
            "_GetWatchlist" => WorkspaceTables.Watchlist(context, node),
            "table" => WorkspaceTables.Find(context, node, ScalarCompiler.CompileKnown(context, node.Arguments()[0], "the name of a table").Text),
            _ => throw context.UnknownFunction(node["Name"]!, name),
        };
    }

    /// <summary>Whether an expression gives a table.</summary>
    public static bool IsTable(Context context, SyntaxNode node)
    {
        var inside = node.Inside();
        if (inside.ResultType == "table")
        {
            return true;
        }

        return !(context.IsBound && KqlTypes.Find(inside.ResultType) is not null) && inside.Kind switch
        {
            "PipeExpression" or "DataTableExpression" or "MaterializeExpression" => true,
            "NameReference" => context.Scope.Find(inside.Name()) is { Table: not null },
            "FunctionCallExpression" => context.Scope.Find(inside.CalledName()!) is { Function: { } declaration, Definition: { } definition }
                && IsTable(definition, declaration["Body"]!["Expression"]!),
            _ => inside.Kind.EndsWith("Operator", StringComparison.Ordinal),
        };
    }

    private static Relation Apply(Context context, SyntaxNode node, Relation? input)
    {
        if (TableOperators.Find(node.Kind) is not { } found)
        {
            throw context.UnknownOperator(node, node.Children.FirstOrDefault(child => child.Text is not null)?.Text ?? node.Kind);
        }

        // Only a table by itself has a name.
        var isTable = node.Parent is { Kind: "PipeExpression" } pipe && pipe["Expression"]!.Inside() is { Kind: "NameReference" } name && context.Scope.Find(name.Name()) is null;
        var result = found.Compile(context, node, isTable ? input : input is null ? null : input with { SourceName = "" });
        result = context.Stages.Counted(context.Source, node, context.Checked(node, result));
        return found.MakesRows ? result with { Read = needed => context.Budget.Count(result.Read(needed)) } : result;
    }

    private static Relation CompileName(Context context, SyntaxNode node)
    {
        var name = node.Name();
        return context.Scope.Find(name) switch
        {
            { Table: { } table } => table with { SourceName = name },
            { Function: { } declaration, Definition: { } definition } => CompileDeclared(context, node, declaration, definition, null),
            _ => WorkspaceFunctions.Find(context, name) is { } function
                ? WorkspaceFunctions.Compile(context, node, function, [])
                : WorkspaceTables.Find(context, node, node.Symbol?.Name ?? name),
        };
    }

    private static Relation CompileDeclared(Context context, SyntaxNode node, SyntaxNode declaration, Context definition, Relation? piped) =>
        CompileBody(context, node, declaration, definition, UserFunctions.Bind(context, node, declaration, Row.None, piped));

    private static Relation CompileBody(Context context, SyntaxNode node, SyntaxNode declaration, Context definition, List<Argument> arguments)
    {
        var inner = context.Called(node, definition, UserFunctions.IsBound(declaration));
        foreach (var argument in arguments)
        {
            inner.Scope.Declare(argument.Name, argument switch
            {
                { Table: { } table } => new(Table: table),
                { Value: { IsConstant: true } value } => new(value),
                _ => throw context.NotConstant(node, $"the argument \"{argument.Name}\""),
            });
        }

        var body = declaration["Body"]!;
        foreach (var statement in body.Items("Statements"))
        {
            Statements.Declare(inner, statement, body, Row.None);
        }

        return Compile(inner, body["Expression"]!);
    }
}
