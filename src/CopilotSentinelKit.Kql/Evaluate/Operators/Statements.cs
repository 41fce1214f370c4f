
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>The statements of a query or of a function's body.</summary>
internal static class Statements
{
    /// <summary>Declares what a let statement names.</summary>
    /// <param name="context">Where it is; its scope gets the name.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="block">The query or body that it stands in.</param>
    /// <param name="row">The row that a value may read: none in a query.</param>
    public static void Declare(Context context, SyntaxNode statement, SyntaxNode block, Row row)
    {
        if (statement.Kind == "QueryParametersStatement")
        {
            foreach (var parameter in statement.Items("Parameters"))
            {
                DeclareParameter(context, parameter);
            }

            return;
        }

        if (statement.Kind != "LetStatement")
        {
            throw context.UnknownOperator(statement, statement.Kind);
        }

        var name = statement["Name"]!.Name();
        var expression = statement["Expression"]!;
        if (expression.Kind == "FunctionDeclaration")
        {
            context.Scope.Declare(name, new(Function: expression, Definition: context));
        }
        else if (TableCompiler.IsTable(context, expression))
        {
            var table = TableCompiler.Compile(context.Inner(), expression);
            context.Scope.Declare(name, new(Table: CountOf(block, name) > 1 ? table.Kept(context) : table));
        }
        else
        {
            var value = ScalarCompiler.Compile(context, expression, row);
            context.Scope.Declare(name, new(value) { Row = value.IsConstant ? null : row });
        }
    }

    // Nobody gives a parameter of the query another value than its default.
    private static void DeclareParameter(Context context, SyntaxNode parameter)
    {
        var column = DataTable.ColumnOf(context, parameter["NameAndType"]!);
        var value = parameter["DefaultValue"]?["Value"] ?? throw context.UnknownForm(parameter, "a parameter of the query without a default");
        context.Scope.Declare(column.Name, new(ScalarCompiler.CompileConstant(context, value, $"the default of \"{column.Name}\"").As(column.Type)));
    }

    private static int CountOf(SyntaxNode block, string name) =>
        block.SelfAndDescendants().Count(node => node.Kind == "NameReference" && node.Name() == name);
}
