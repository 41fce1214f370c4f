
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Writes the values of a window function into a place of each row.</summary>
internal delegate void WindowValues(List<Value[]> rows, int place);

/// <summary>A function that looks at the rows around the one it is computed for.</summary>
/// <param name="Signature">Its name and arguments.</param>
/// <param name="Compile">The type of a call, and what computes its values.</param>
internal sealed record WindowFunction(string Signature, Func<Call, (KqlType Type, WindowValues Values)> Compile)
{
    public string Name => Signature[..Signature.IndexOf('(', StringComparison.Ordinal)];
}
