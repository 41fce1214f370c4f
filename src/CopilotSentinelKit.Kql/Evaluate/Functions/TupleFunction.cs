
using CopilotSentinelKit.Kql.Evaluate.Expressions;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>A function that gives several columns at once.</summary>
/// <param name="Signature">Its name and arguments.</param>
/// <param name="Compile">The columns that a call gives, with the names they have when nobody names them.</param>
internal sealed record TupleFunction(string Signature, Func<Call, IEnumerable<(string Name, Expression Value)>> Compile)
{
    public string Name => Signature[..Signature.IndexOf('(', StringComparison.Ordinal)];
}
