using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Aggregates;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>The aggregates of an operator. Their results follow the keys of the group in a row, where the expressions around them read them.</summary>
/// <param name="context">Where they are.</param>
/// <param name="input">The row that their arguments read.</param>
/// <param name="keys">The columns that rows are grouped by.</param>
/// <param name="keyCount">The places of the keys.</param>
internal sealed class AggregateCalls(Context context, Row input, IEnumerable<string> keys, int keyCount)
{
    private readonly ImmutableHashSet<string> _keys = [.. keys];
    private readonly List<Aggregate> _aggregates = [];

    /// <summary>The places of all results.</summary>
    public int Width { get; private set; }

    /// <summary>The columns that expressions with aggregates give.</summary>
    public ImmutableArray<ColumnItem> Compile(IEnumerable<SyntaxNode> nodes) => [.. nodes.SelectMany(Compile)];

    /// <summary>The number of rows, where no expression asks for it.</summary>
    public Expression Count()
    {
        var place = Add(Counting.Rows() with { Own = Places.None });
        return Expression.Column(KqlType.Long, place);
    }

    /// <summary>An accumulator for each aggregate of a group.</summary>
    public Accumulator[] Create() => [.. _aggregates.Select(aggregate => aggregate.Create())];

    /// <summary>What is read of the rows for some results of a group. All aggregates are computed; only the columns that arg_max and its kin
    /// give unchanged, which a star makes many, are read for their own sake.</summary>
    public Places Reads(Places results)
    {
        var reads = Places.None;
        var place = keyCount;
        foreach (var aggregate in _aggregates)
        {
            reads = reads.With(aggregate.Own!);
            for (var i = 0; i < aggregate.Given.Length; i++)
            {
                reads = results.Contains(place + i) ? reads.With(aggregate.Given[i]) : reads;
            }

            place += aggregate.Columns.Length;
        }

        return reads;
    }

    /// <summary>Writes the results of a group behind its keys.</summary>
    public void Write(Accumulator[] accumulators, Value[] row)
    {
        var place = keyCount;
        for (var i = 0; i < accumulators.Length; i++)
        {
            accumulators[i].Write(row, place);
            place += _aggregates[i].Columns.Length;
        }
    }

    private IEnumerable<ColumnItem> Compile(SyntaxNode node)
    {
        var expression = node.Kind is "SimpleNamedExpression" or "CompoundNamedExpression" ? node["Expression"]! : node;
        if (expression.CalledName() is { } name && AggregateFunctions.Find(name) is not null)
        {
            string[] given = node.Kind switch
            {
                "SimpleNamedExpression" => [node["Name"]!.Name()],
                "CompoundNamedExpression" => [.. node["Names"]!.Items("Names").Select(part => part.Name())],
                _ => [],
            };
            var (aggregate, place) = Add(expression, name);
            return aggregate.Columns.Select((column, i) => new ColumnItem(
                i < given.Length ? given[i] : column.Name ?? expression.ResultName, Expression.Column(column.Type, place + i)));
        }

        var after = new Row(Schema.Empty) { Special = (_, call, called) => AggregateFunctions.Find(called) is null ? null : Single(call, called) };
        return [new(ColumnNames.Of(node), ScalarCompiler.Compile(context, expression, after))];
    }

    private Expression Single(SyntaxNode call, string name)
    {
        var (aggregate, place) = Add(call, name);
        return Expression.Column(aggregate.Type, place);
    }

    private (Aggregate Aggregate, int Place) Add(SyntaxNode node, string name)
    {
        var function = AggregateFunctions.Find(name)!;
        var call = new Call(context, node, name, input, node.Arguments()) { GroupedBy = _keys }.Checked(function.Signature);
        var (compiled, reads) = input.Reading(() => function.Compile(call));
        var aggregate = compiled with { Own = compiled.Own ?? reads };
        return (aggregate, Add(aggregate));
    }

    private int Add(Aggregate aggregate)
    {
        var place = keyCount + Width;
        _aggregates.Add(aggregate);
        Width += aggregate.Columns.Length;
        return place;
    }
}
