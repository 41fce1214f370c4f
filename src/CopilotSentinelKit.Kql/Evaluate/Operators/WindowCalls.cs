
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>The calls of window functions and of ingestion_time() in an operator. The values of window functions are computed over all rows first, into places
/// behind each row, so that the other expressions read them as columns.</summary>
internal sealed class WindowCalls
{
    private readonly List<WindowValues> _calls = [];

    private readonly Asked<Places> _reads;

    public WindowCalls(Relation input)
    {
        Input = input;
        _reads = new(needed => needed.With(Row!.Reads));
        Row = new(input.Schema) { Special = Compile };
    }

    public Relation Input { get; }

    /// <summary>What the operator's expressions are compiled against.</summary>
    public Row Row { get; }

    /// <summary>The rows, with the values of the window functions behind them.</summary>
    public IEnumerable<Value[]> Read(Places needed) => _calls.Count == 0 ? Input.Read(needed) : WithValues(needed);

    private List<Value[]> WithValues(Places needed)
    {
        var width = Input.Schema.Width;
        var rows = Input.Read(_reads.For(needed)).Select(row =>
        {
            var wide = new Value[width + _calls.Count];
            row.AsSpan(0, width).CopyTo(wide);
            return wide;
        }).ToList();
        for (var i = 0; i < _calls.Count; i++)
        {
            _calls[i](rows, width + i);
        }

        return rows;
    }

    private Expression? Compile(Context context, SyntaxNode node, string name)
    {
        if (name == "ingestion_time")
        {
            return Input.Schema.HasIngestionTime
                ? Expression.Column(KqlType.DateTime, Input.Schema.Width - 1)
                : throw context.UnknownForm(node, "ingestion_time() where rows are no longer those of a table with times of ingestion");
        }

        if (WindowFunctions.Find(name) is not { } function)
        {
            return null;
        }

        if (!Input.IsSerialized)
        {
            throw context.UnknownForm(node, $"{name}() over rows without an order: put sort or serialize before it");
        }

        var (type, values) = function.Compile(new(context, node, name, Row, node.Arguments()));
        _calls.Add(values);
        return Expression.Column(type, Input.Schema.Width + _calls.Count - 1);
    }
}
