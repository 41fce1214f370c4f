using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate;

/// <summary>How many rows left an operator.</summary>
/// <param name="Source">The function whose body it is in; empty in the query itself.</param>
/// <param name="Operator">Kusto.Language's name of it, such as FilterOperator.</param>
/// <param name="Start">Offset of the operator in that KQL.</param>
/// <param name="Length">Its length.</param>
/// <param name="Rows">The rows, of all times that it was read.</param>
public sealed record StageCount(string Source, string Operator, int Start, int Length, long Rows);

/// <summary>Counts the rows that leave each operator, when asked to.</summary>
internal sealed class StageCounter(bool isOn)
{
    private readonly List<(string Source, SyntaxNode Node, long[] Rows)> _stages = [];

    public bool IsCounting => isOn;

    public ImmutableArray<StageCount> Counts =>
        [.. _stages.Select(stage => new StageCount(stage.Source, stage.Node.Kind, stage.Node.Start, stage.Node.Length, stage.Rows[0]))];

    /// <summary>Begins at zero again.</summary>
    public void Reset()
    {
        foreach (var (_, _, rows) in _stages)
        {
            rows[0] = 0;
        }
    }

    public Relation Counted(string source, SyntaxNode node, Relation relation)
    {
        if (!isOn)
        {
            return relation;
        }

        var count = new long[1];
        _stages.Add((source, node, count));
        return relation with { Read = needed => Count(relation.Read(needed), count) };
    }

    private static IEnumerable<Value[]> Count(IEnumerable<Value[]> rows, long[] count)
    {
        foreach (var row in rows)
        {
            count[0]++;
            yield return row;
        }
    }
}
