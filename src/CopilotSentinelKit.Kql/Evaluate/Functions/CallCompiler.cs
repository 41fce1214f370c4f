
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Operators;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Calls in scalar expressions: of the row's own functions, of the query's, of KQL's.</summary>
internal static class CallCompiler
{
    public static Expression Compile(Context context, SyntaxNode node, Row row)
    {
        var name = node.CalledName()!;
        if (row.Special?.Invoke(context, node, name) is { } special)
        {
            return special;
        }

        if (context.Scope.Find(name) is { Function: { } declaration, Definition: { } definition })
        {
            return CompileDeclared(context, node, row, declaration, definition);
        }

        return ScalarFunctions.Find(name) is { } function
            ? function.Compile(new Call(context, node, name, row, node.Arguments()).Checked(function.Signature))
            : throw context.UnknownFunction(node["Name"]!, name);
    }

    /// <summary>A scalar function of the query: its body is compiled over a row of its own that holds the arguments that are no constants.</summary>
    public static Expression CompileDeclared(Context context, SyntaxNode node, Row row, SyntaxNode declaration, Context definition)
    {
        if (TableCompiler.IsTable(context, node))
        {
            throw context.UnknownForm(node, "a table where a value is expected");
        }

        var arguments = UserFunctions.Bind(context, node, declaration, row);
        var varying = arguments.Where(argument => !argument.Value!.IsConstant).ToArray();
        var parameters = new Row(new(varying.Select(argument => new SchemaColumn(argument.Name, argument.Value!.Type))));
        var inner = context.Called(node, definition, isBound: true);
        var place = 0;
        foreach (var argument in arguments)
        {
            inner.Scope.Declare(argument.Name, argument.Value!.IsConstant
                ? new(argument.Value)
                : new(parameters.Column(place++)) { Row = parameters });
        }

        var body = UserFunctions.CompileBody(inner, declaration["Body"]!, parameters);
        var inputs = Array.ConvertAll(varying, argument => argument.Value!.Evaluate);
        var evaluate = body.Evaluate;
        return inputs.Length == 0
            ? body
            : Expression.Of(body.Type, values => evaluate(Array.ConvertAll(inputs, input => input(values))), Array.ConvertAll(varying, argument => argument.Value!));
    }
}
