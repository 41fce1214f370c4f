
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Evaluate.Operators;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Plugins;

/// <summary>A plugin of evaluate: how it is written, and how a call of it is compiled.</summary>
/// <param name="Signature">Its name and arguments.</param>
/// <param name="Compile">Compiles it over the rows before it.</param>
internal sealed record Plugin(string Signature, Func<PluginCall, Relation> Compile)
{
    public string Name => Signature[..Signature.IndexOf('(', StringComparison.Ordinal)];
}

/// <summary>A call of a plugin that is being compiled.</summary>
/// <param name="Call">The call, whose arguments read the rows before it.</param>
/// <param name="Input">The rows before it.</param>
/// <param name="Declared">The schema that the query gives for the result, or null.</param>
internal sealed record PluginCall(Call Call, Relation Input, SyntaxNode? Declared)
{
    public Context Context => Call.Context;

    /// <summary>The columns that the query declares, without those that a star stands for.</summary>
    public IReadOnlyList<SchemaColumn> DeclaredColumns => Declared is null ? [] : DataTable.SchemaOf(Context, Declared).Columns;

    /// <summary>Whether the query declares all columns of the input as well.</summary>
    public bool DeclaresAll => Declared?["AsteriskToken"] is not null;

    /// <summary>The place in the input of the column that an argument names.</summary>
    public int Place(int argument)
    {
        var node = Call.Arguments[argument];
        return node.Kind == "NameReference" && Input.Schema.Find(node.Name()) is >= 0 and var place ? place : throw Call.Refuse("an argument that is no column");
    }

    /// <summary>The rows before it, which the result's columns are made from: known now only where no subquery is given others each time.</summary>
    public IEnumerable<Value[]> RowsNow() => Context.Epoch is null ? Input.Rows() : throw Call.Refuse("the columns, which depend on the rows of a subquery,");

    /// <summary>The value of an argument that is given by place or by name, or null.</summary>
    public Value? Option(int place, string name)
    {
        var argument = Call.Arguments.Count > place && Call.Arguments[place].Kind != "SimpleNamedExpression" ? Call.Arguments[place] : null;
        return argument is null ? Named(name) : ScalarCompiler.CompileKnown(Context, argument, $"the {name} of {Call.Name}()");
    }

    /// <summary>The value of an argument by name, or null.</summary>
    public Value? Named(string name) => Call.Arguments.FirstOrDefault(argument => argument.Kind == "SimpleNamedExpression" && argument["Name"]!.Name() == name) is { } found
        ? ScalarCompiler.CompileKnown(Context, found["Expression"]!, $"the {name} of {Call.Name}()")
        : null;
}
