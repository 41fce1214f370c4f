
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>The window functions.</summary>
internal static class WindowFunctions
{
    public static IReadOnlyList<WindowFunction> All { get; } =
    [
        new("prev(column[, offset][, default])", call => Neighbour(call, -1)),
        new("next(column[, offset][, default])", call => Neighbour(call, 1)),
        new("row_number([start][, restart])", RowNumber),
        new("row_cumsum(term[, restart])", RowCumulatedSum),
        new("row_rank_dense(term[, restart])", RowRankDense),
        new("row_rank_min(term[, restart])", RowRankMin),
        new("row_window_session(datetime, longest, gap[, restart])", RowWindowSession),
    ];

    private static readonly Dictionary<string, WindowFunction> ByName = All.ToDictionary(function => function.Name, StringComparer.Ordinal);

    public static WindowFunction? Find(string name) => ByName.GetValueOrDefault(name);

    private static (KqlType Type, WindowValues Values) Neighbour(Call call, int direction)
    {
        var value = call.Argument(0);
        var offset = direction * (int)call.Known(1, Value.Of(1)).Bits;
        var otherwise = call.Count > 2 ? call.Argument(2, value.Type) : Expression.Constant(value.Type, value.Type == KqlType.String ? Value.Empty : Value.Null);
        return (value.Type, Values);

        void Values(List<Value[]> rows, int place)
        {
            for (var i = 0; i < rows.Count; i++)
            {
                var other = i + offset;
                rows[i][place] = other >= 0 && other < rows.Count ? value.Evaluate(rows[other]) : otherwise.Evaluate(rows[i]);
            }
        }
    }

    private static (KqlType Type, WindowValues Values) RowNumber(Call call)
    {
        var start = call.Known(0, Value.Of(1)).Bits;
        var restart = call.Count > 1 ? call.Argument(1) : null;
        return (KqlType.Long, Values);

        void Values(List<Value[]> rows, int place)
        {
            var number = start;
            for (var i = 0; i < rows.Count; i++, number++)
            {
                if (i > 0 && restart?.Evaluate(rows[i]).IsTrue == true)
                {
                    number = start;
                }

                rows[i][place] = Value.Of(number);
            }
        }
    }

    private static (KqlType Type, WindowValues Values) RowCumulatedSum(Call call)
    {
        var term = call.Argument(0);
        if (!term.Type.IsNumber() || term.Type == KqlType.Decimal)
        {
            throw call.Refuse($"a {term.Type.Name()} as the term");
        }

        var isReal = term.Type == KqlType.Real;
        var restart = call.Count > 1 ? call.Argument(1) : null;
        return (term.Type == KqlType.Int ? KqlType.Long : term.Type, Values);

        void Values(List<Value[]> rows, int place)
        {
            var (whole, real) = (0L, 0d);
            foreach (var row in rows)
            {
                if (restart?.Evaluate(row).IsTrue == true)
                {
                    (whole, real) = (0, 0);
                }

                var value = term.Evaluate(row);
                whole += isReal || value.IsNull ? 0 : value.Bits;
                real += isReal && !value.IsNull ? value.Number : 0;
                row[place] = isReal ? Value.Of(real) : Value.Of(whole);
            }
        }
    }

    private static (KqlType Type, WindowValues Values) RowRankDense(Call call)
    {
        var term = call.Argument(0);
        var restart = call.Count > 1 ? call.Argument(1) : null;
        return (KqlType.Long, Values);

        void Values(List<Value[]> rows, int place)
        {
            var rank = 0L;
            var previous = Value.Null;
            for (var i = 0; i < rows.Count; i++)
            {
                var value = term.Evaluate(rows[i]);
                rank = i > 0 && restart?.Evaluate(rows[i]).IsTrue == true ? 1 : i > 0 && value == previous ? rank : rank + 1;
                previous = value;
                rows[i][place] = Value.Of(rank);
            }
        }
    }

    private static (KqlType Type, WindowValues Values) RowRankMin(Call call)
    {
        var term = call.Argument(0);
        var restart = call.Count > 1 ? call.Argument(1) : null;
        return (KqlType.Long, Values);

        void Values(List<Value[]> rows, int place)
        {
            var (number, rank) = (0L, 0L);
            var seen = new HashSet<Value>();
            var previous = Value.Null;
            foreach (var row in rows)
            {
                var value = term.Evaluate(row);
                if (number == 0 || restart?.Evaluate(row).IsTrue == true)
                {
                    seen.Clear();
                    number = 0;
                }

                number++;
                if (seen.Add(value))
                {
                    rank = number;
                }
                else if (value != previous)
                {
                    throw EvaluationException.Of("row_rank_min() meets a value again after another one, and its rank then is not documented. Sort by the term.");
                }

                previous = value;
                row[place] = Value.Of(rank);
            }
        }
    }

    private static (KqlType Type, WindowValues Values) RowWindowSession(Call call)
    {
        var time = call.Argument(0, KqlType.DateTime);
        var (longest, gap) = (call.Known(1, default).Bits, call.Known(2, default).Bits);
        var restart = call.Count > 3 ? call.Argument(3) : null;
        return (KqlType.DateTime, Values);

        void Values(List<Value[]> rows, int place)
        {
            var (session, previous) = (Value.Null, Value.Null);
            foreach (var row in rows)
            {
                var value = time.Evaluate(row);
                var isNew = session.IsNull || value.IsNull || value.Bits >= session.Bits + longest || value.Bits >= previous.Bits + gap || restart?.Evaluate(row).IsTrue == true;
                session = isNew ? value : session;
                previous = value;
                row[place] = session;
            }
        }
    }
}
