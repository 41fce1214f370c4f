
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>The rows of one side of a join that have one key.</summary>
internal sealed class RowBucket
{
    public List<Value[]> Rows { get; } = [];

    public bool IsMatched { get; set; }
}

/// <summary>Rows by their keys.</summary>
internal sealed class RowIndex
{
    private readonly Dictionary<Value[], RowBucket> _buckets = new(RowComparer.Instance);
    private readonly List<RowBucket> _order = [];

    public RowIndex(IEnumerable<Value[]> rows, Evaluator[] keys)
    {
        foreach (var row in rows)
        {
            var key = Array.ConvertAll(keys, evaluate => evaluate(row));
            if (!_buckets.TryGetValue(key, out var bucket))
            {
                _buckets.Add(key, bucket = new());
                _order.Add(bucket);
            }

            bucket.Rows.Add(row);
        }
    }

    /// <summary>All keys, in the order of their first rows.</summary>
    public IEnumerable<RowBucket> Buckets => _order;

    /// <summary>The rows of a key, or null; a null matches a null.</summary>
    public RowBucket? Find(Value[] key) => _buckets.GetValueOrDefault(key);
}
