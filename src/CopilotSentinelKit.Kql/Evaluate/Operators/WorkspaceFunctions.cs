using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>The functions of the workspace, such as parsers: their bodies are compiled where they are called.</summary>
internal static class WorkspaceFunctions
{
    public static EvaluationFunction? Find(Context context, string name) =>
        context.Workspace.Functions.FirstOrDefault(function => function.Function.Name == name);

    /// <summary>A call without arguments that stands nowhere.</summary>
    public static Relation Compile(Context context, EvaluationFunction function) => Compile(context, function.Body.Tree!, function, []);

    public static Relation Compile(Context context, SyntaxNode call, EvaluationFunction function, IReadOnlyList<SyntaxNode> arguments)
    {
        if (function.Body.Tree is not { } tree)
        {
            throw Refusals.NoBody(context.Source, call, function.Function.Name);
        }

        var outer = new Context(context.Workspace, context.Stages, new(null), function.Function.Name, IsBound: true, context.Depth) { Epoch = context.Epoch, Surplus = context.Surplus, Budget = context.Budget };
        var inner = context.Called(call, outer, isBound: true);
        var named = arguments.Where(argument => argument.Kind == "SimpleNamedExpression").ToDictionary(argument => argument["Name"]!.Name(), argument => argument["Expression"]!, StringComparer.Ordinal);
        var positional = new Queue<SyntaxNode>(arguments.Where(argument => argument.Kind != "SimpleNamedExpression"));
        var given = new Dictionary<string, Expression>(StringComparer.Ordinal);
        foreach (var parameter in function.Function.Parameters.IsDefault ? [] : function.Function.Parameters)
        {
            var node = named.GetValueOrDefault(parameter.Name) ?? (positional.Count > 0 ? positional.Dequeue() : null);
            if (node is not null)
            {
                given.Add(parameter.Name, ScalarCompiler.CompileConstant(context, node, $"the argument \"{parameter.Name}\""));
            }

            inner.Scope.Declare(parameter.Name, new(given.GetValueOrDefault(parameter.Name) ?? Default(context, call, parameter)));
        }

        if (function.Known is { } known && given.Values.All(argument => argument.IsKnown) && known(given.ToImmutableDictionary(argument => argument.Key, argument => argument.Value.Value)) is { } rows)
        {
            return WorkspaceTables.Result(context, rows);
        }

        return QueryBlocks.Compile(inner, tree, function.Body) with { SourceName = function.Function.Name };
    }

    private static Expression Default(Context context, SyntaxNode call, FunctionParameter parameter)
    {
        var type = KqlTypes.Find(parameter.Type) ?? throw context.UnknownForm(call, $"a parameter of the type {parameter.Type}");
        return Literals.Read(type, parameter.Default) is { } value
            ? Expression.Constant(type, value)
            : throw context.UnknownForm(call, $"the default \"{parameter.Default}\" of a parameter");
    }
}
