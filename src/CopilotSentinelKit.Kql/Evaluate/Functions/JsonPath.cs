using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>A path into a dynamic value: <c>$.a['b c'][0]</c>. Kusto knows no stars, slices or recursion in it.</summary>
/// <param name="Steps">A text for each property, a number for each element.</param>
internal sealed partial record JsonPath(ImmutableArray<Value> Steps)
{
    /// <summary>Reads a path; null when it is none.</summary>
    public static JsonPath? Read(string text)
    {
        var match = Form().Match(text);
        return match.Success
            ? new([.. match.Groups["step"].Captures.Select(step => StepOf(step.Value))])
            : null;
    }

    /// <summary>Whether it goes through properties only.</summary>
    public bool HasOnlyKeys => Steps.All(step => step.Kind == ValueKind.String);

    /// <summary>What it leads to; false when that is not there.</summary>
    public bool TryFind(Value root, out Value found)
    {
        found = root;
        foreach (var step in Steps)
        {
            if (step.Kind == ValueKind.String && found.AsBag is { } bag && bag.TryFind(step.Text, out var value))
            {
                found = value;
            }
            else if (step.Kind == ValueKind.Long && found.AsArray is { } array && step.Bits < array.Items.Length)
            {
                found = array.Items[(int)step.Bits];
            }
            else
            {
                found = Value.Null;
                return false;
            }
        }

        return true;
    }

    private static Value StepOf(string step) => step[0] == '.' ? Value.Of(step[1..])
        : step[1] is '\'' or '"' ? Value.Of(step[2..^2])
        : Value.Of(long.Parse(step.AsSpan(1, step.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\A\$(?<step>\.[A-Za-z_][A-Za-z0-9_]*|\['[^'\\]*'\]|\[""[^""\\]*""\]|\[[0-9]{1,9}\])*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
