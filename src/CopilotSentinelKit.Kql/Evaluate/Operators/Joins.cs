
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>join and lookup, by hash.</summary>
internal static class Joins
{
    public static Relation Join(Context context, SyntaxNode node, Relation left)
    {
        var kind = node.Word("kind", "innerunique");
        var right = TableCompiler.Compile(context.Inner(), node["Expression"]!);
        var keys = JoinKeys.Compile(context, node["ConditionClause"]!.Items("Expressions"), left, right);
        return kind switch
        {
            "innerunique" or "inner" or "leftouter" or "rightouter" or "fullouter" =>
                Combine(left, right, keys, kind, [.. Enumerable.Range(0, right.Schema.Columns.Length)]),
            "leftsemi" => Filter(left, right, keys, keep: true),
            "leftanti" or "anti" or "leftantisemi" => Filter(left, right, keys, keep: false),
            "rightsemi" => Filter(right, left, Swapped(keys), keep: true),
            "rightanti" or "rightantisemi" => Filter(right, left, Swapped(keys), keep: false),
            _ => throw context.UnknownForm(node, $"join kind={kind}"),
        };
    }

    public static Relation Lookup(Context context, SyntaxNode node, Relation left)
    {
        var kind = node.Word("kind", "leftouter");
        var right = TableCompiler.Compile(context.Inner(), node["Expression"]!);
        var keys = JoinKeys.Compile(context, node["LookupClause"]!.Items("Expressions"), left, right);
        return kind is "leftouter" or "inner"
            ? Combine(left, right, keys, kind, [.. Enumerable.Range(0, right.Schema.Columns.Length).Where(place => !keys.RightPlaces.Contains(place))])
            : throw context.UnknownForm(node, $"lookup kind={kind}");
    }

    private static JoinKeys Swapped(JoinKeys keys) => new(keys.Right, keys.Left, keys.RightPlaces, keys.LeftPlaces);

    private static Relation Filter(Relation kept, Relation other, JoinKeys keys, bool keep)
    {
        // Semi and anti joins keep rows whole, the hidden time of ingestion too.
        var (keptKeys, otherKeys) = (Places.Of(keys.LeftPlaces), Places.Of(keys.RightPlaces));
        var plans = new Asked<Places>(needed => needed.With(keptKeys));
        return new(kept.Schema, Rows);

        IEnumerable<Value[]> Rows(Places needed)
        {
            var index = new RowIndex(other.Read(otherKeys), keys.Right);
            return kept.Read(plans.For(needed)).Where(row => index.Find(JoinKeys.Of(keys.Left, row)) is not null == keep);
        }
    }

    private static Relation Combine(Relation left, Relation right, JoinKeys keys, string kind, int[] rightPlaces)
    {
        var names = new ColumnNames();
        var leftCount = left.Schema.Columns.Length;
        var schema = new Schema(
            left.Schema.Columns.Concat(rightPlaces.Select(place => right.Schema.Columns[place])).Select(column => new SchemaColumn(names.Add(column.Name), column.Type)));
        var plans = new Asked<(Places Left, Places Right)>(needed => (
            Places.Of(needed.Below(leftCount).Concat(keys.LeftPlaces)),
            Places.Of(rightPlaces.Where((_, i) => needed.Contains(leftCount + i)).Concat(keys.RightPlaces))));
        var noLeft = Nothing(left.Schema);
        var noRight = Nothing(right.Schema);
        return new(schema, Rows);

        IEnumerable<Value[]> Rows(Places needed)
        {
            var reads = plans.For(needed);
            var index = new RowIndex(right.Read(reads.Right), keys.Right);
            var seen = kind == "innerunique" ? new HashSet<Value[]>(RowComparer.Instance) : null;
            foreach (var row in left.Read(reads.Left))
            {
                var key = JoinKeys.Of(keys.Left, row);
                if (seen?.Add(key) == false)
                {
                    continue;
                }

                if (index.Find(key) is { } bucket)
                {
                    bucket.IsMatched = true;
                    foreach (var match in bucket.Rows)
                    {
                        yield return Joined(row, match);
                    }
                }
                else if (kind is "leftouter" or "fullouter")
                {
                    yield return Joined(row, noRight);
                }
            }

            if (kind is "rightouter" or "fullouter")
            {
                foreach (var match in index.Buckets.Where(bucket => !bucket.IsMatched).SelectMany(bucket => bucket.Rows))
                {
                    yield return Joined(noLeft, match);
                }
            }
        }

        Value[] Joined(Value[] first, Value[] second)
        {
            var row = new Value[schema.Width];
            first.AsSpan(0, leftCount).CopyTo(row);
            for (var i = 0; i < rightPlaces.Length; i++)
            {
                row[leftCount + i] = second[rightPlaces[i]];
            }

            return row;
        }
    }

    /// <summary>The row that stands for no match: nulls, and empty texts.</summary>
    public static Value[] Nothing(Schema schema) =>
        [.. schema.Columns.Select(column => column.Type == KqlType.String ? Value.Empty : Value.Null), .. schema.HasIngestionTime ? new[] { Value.Null } : []];
}
