using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Aggregates;

/// <summary>A compiled aggregate.</summary>
/// <param name="Columns">Its results; a name is null where the expression around it names the column.</param>
/// <param name="Create">Makes an accumulator for a group.</param>
internal sealed record Aggregate(ImmutableArray<(string? Name, KqlType Type)> Columns, Func<Accumulator> Create)
{
    /// <summary>What it reads for all of its results together; null when that is all that its arguments read.</summary>
    public Places? Own { get; init; }

    /// <summary>Beside <see cref="Own"/>: what each of its results alone reads.</summary>
    public ImmutableArray<Places> Given { get; init; } = [];

    public static Aggregate Of(KqlType type, Func<Accumulator> create) => new([(null, type)], create);

    public KqlType Type => Columns[0].Type;
}

/// <summary>An aggregate function.</summary>
/// <param name="Signature">Its name and arguments.</param>
/// <param name="Compile">Compiles a call.</param>
internal sealed record AggregateFunction(string Signature, Func<Call, Aggregate> Compile)
{
    public string Name => Signature[..Signature.IndexOf('(', StringComparison.Ordinal)];

    /// <summary>The same with a predicate as its second argument, over the rows for which that is true.</summary>
    public static AggregateFunction If(string name, AggregateFunction function)
    {
        var open = function.Signature.IndexOf('(', StringComparison.Ordinal) + 1;
        var end = function.Signature.IndexOfAny(['[', ')'], open);
        var signature = $"{name}({function.Signature[open..end]}, predicate{function.Signature[end..]}";
        return new(signature, call =>
        {
            var (predicate, reads) = call.Row.Reading(() => call.Argument(1, KqlType.Bool).Evaluate);
            var inner = function.Compile(call with { Arguments = [call.Arguments[0], .. call.Arguments.Skip(2)] });
            return inner with { Create = () => new ConditionalAccumulator(predicate, inner.Create()), Own = inner.Own?.With(reads) };
        });
    }
}
