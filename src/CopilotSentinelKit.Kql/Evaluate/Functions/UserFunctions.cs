
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Operators;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>An argument of a function of the query: a value or a table.</summary>
internal sealed record Argument(string Name, Expression? Value, Relation? Table);

/// <summary>Functions that let statements declare.</summary>
internal static class UserFunctions
{
    /// <summary>The arguments of a call, by position or name, with defaults; tables come first where a pipe gives one.</summary>
    public static List<Argument> Bind(Context context, SyntaxNode call, SyntaxNode declaration, Row row, Relation? piped = null)
    {
        var given = call.Arguments();
        var named = given.Where(argument => argument.Kind == "SimpleNamedExpression").ToDictionary(argument => argument["Name"]!.Name(), argument => argument["Expression"]!, StringComparer.Ordinal);
        var positional = new Queue<SyntaxNode>(given.Where(argument => argument.Kind != "SimpleNamedExpression"));
        var result = new List<Argument>();
        foreach (var parameter in declaration["Parameters"]!.Items("Parameters"))
        {
            var name = parameter["NameAndType"]!["Name"]!.Name();
            var type = parameter["NameAndType"]!["Type"]!;
            if (type.Kind == "SchemaTypeExpression")
            {
                var table = piped ?? (positional.TryDequeue(out var first) ? TableCompiler.Compile(context, first) : throw context.UnknownForm(call, $"a call without the argument \"{name}\""));
                piped = null;
                result.Add(new(name, null, Declared(context, call, type, table).Kept(context)));
                continue;
            }

            var node = named.GetValueOrDefault(name) ?? (positional.Count > 0 ? positional.Dequeue() : null);
            var value = node is not null ? ScalarCompiler.Compile(context, node, row)
                : parameter["DefaultValue"] is { } otherwise ? ScalarCompiler.Compile(context, otherwise["Value"]!, Row.None)
                : throw context.UnknownForm(call, $"a call without the argument \"{name}\"");
            result.Add(new(name, KqlTypes.Find(type["Type"]?.Text) is { } wanted ? value.As(wanted) : value, null));
        }

        return result;
    }

    /// <summary>Whether all columns of all its tables are declared, so that Kusto.Language could bind its body.</summary>
    public static bool IsBound(SyntaxNode declaration) =>
        !declaration["Parameters"]!.SelfAndDescendants().Any(node => node.Kind == "SchemaTypeExpression" && node.SelfAndDescendants().Any(part => part.Kind == "StarExpression"));

    /// <summary>A table with the columns that a parameter declares; with all of them when it takes any.</summary>
    private static Relation Declared(Context context, SyntaxNode call, SyntaxNode type, Relation table) =>
        type.Items("Columns").Any(column => column.Kind == "StarExpression")
            ? table
            : Projections.Selected(table, type.Items("Columns").Select(column => column["Name"]!.Name()).Select(name => table.Schema.Find(name) is >= 0 and var place
                ? (place, name)
                : throw context.UnknownForm(call, $"a table without the column \"{name}\"")));

    public static Expression CompileBody(Context context, SyntaxNode body, Row row)
    {
        foreach (var statement in body.Items("Statements"))
        {
            Statements.Declare(context, statement, body, row);
        }

        return ScalarCompiler.Compile(context, body["Expression"]!, row);
    }
}
