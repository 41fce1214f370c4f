using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Aggregates;

/// <summary>make_list, make_set, make_bag.</summary>
internal static class Collections
{
    private const int Most = 1048576;

    public static IEnumerable<AggregateFunction> All
    {
        get
        {
            var list = new AggregateFunction("make_list(value[, maxSize])", call => Make(call, (value, most, keepsNulls) => new ListMaker(value, most, keepsNulls)));
            var set = new AggregateFunction("make_set(value[, maxSize])", call => Make(call, (value, most, keepsNulls) => new SetMaker(value, most, keepsNulls)));
            var bag = new AggregateFunction("make_bag(bag[, maxSize])", call => Make(call, (value, most, _) => new BagMaker(value, most)));
            return
            [
                list,
                AggregateFunction.If("make_list_if", list),
                new("make_list_with_nulls(value)", call => Make(call, (value, most, _) => new ListMaker(value, most, keepsNulls: true))),
                set,
                AggregateFunction.If("make_set_if", set),
                list with { Signature = "makelist(value[, maxSize])" },
                set with { Signature = "makeset(value[, maxSize])" },
                bag,
                AggregateFunction.If("make_bag_if", bag),
            ];
        }
    }

    // A null counts where it is a dynamic value, as that of JSON.
    private static Aggregate Make(Call call, Func<Evaluator, int, bool, Accumulator> create)
    {
        var argument = call.Argument(0);
        var value = argument.As(KqlType.Dynamic).Evaluate;
        var most = (int)Math.Min(call.Known(1, Value.Of(Most)).Bits, Most);
        return Aggregate.Of(KqlType.Dynamic, () => create(value, most, argument.Type == KqlType.Dynamic));
    }

    // An array counts as its elements.
    private sealed class ListMaker(Evaluator value, int most, bool keepsNulls) : SingleAccumulator
    {
        private readonly ImmutableArray<Value>.Builder _items = ImmutableArray.CreateBuilder<Value>();

        public override Value Result => Value.Of(new DynamicArray(_items.ToImmutable()));

        public override void Add(Value[] row)
        {
            var found = value(row);
            if (found.AsArray is { } array)
            {
                _items.AddRange(array.Items.AsSpan(0, Math.Min(array.Items.Length, most - _items.Count)));
            }
            else if (_items.Count < most && (keepsNulls || !found.IsNull))
            {
                _items.Add(found);
            }
        }
    }

    // An array counts as its elements.
    private sealed class SetMaker(Evaluator value, int most, bool keepsNulls) : SingleAccumulator
    {
        private readonly HashSet<Value> _seen = [];
        private readonly ImmutableArray<Value>.Builder _items = ImmutableArray.CreateBuilder<Value>();

        public override Value Result => Value.Of(new DynamicArray(_items.ToImmutable()));

        public override void Add(Value[] row)
        {
            var found = value(row);
            if (found.AsArray is not { } array)
            {
                AddItem(found);
                return;
            }

            foreach (var item in array.Items)
            {
                AddItem(item);
            }
        }

        private void AddItem(in Value item)
        {
            if ((keepsNulls || !item.IsNull) && _items.Count < most && _seen.Add(item))
            {
                _items.Add(item);
            }
        }
    }

    // Of a key in several bags any value may be taken: here the first.
    private sealed class BagMaker(Evaluator value, int most) : SingleAccumulator
    {
        private readonly Dictionary<string, Value> _properties = new(StringComparer.Ordinal);
        private readonly List<KeyValuePair<string, Value>> _order = [];

        public override Value Result => Value.Of(DynamicBag.From(_order));

        public override void Add(Value[] row)
        {
            foreach (var property in value(row).AsBag?.Properties ?? [])
            {
                if (_order.Count < most && _properties.TryAdd(property.Key, property.Value))
                {
                    _order.Add(property);
                }
            }
        }
    }
}
