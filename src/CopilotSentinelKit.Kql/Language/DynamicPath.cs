using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>A part of a dynamic value, or of JSON in a string: <c>LLMEventData.Messages[0].Id</c>.</summary>
/// <param name="Root">What it starts at: a column, call or other expression.</param>
/// <param name="Steps">Names, and places such as "[0]", "[-1]" or "[]" for one that is computed.</param>
internal sealed partial record DynamicPath(SyntaxNode Root, ImmutableArray<string> Steps)
{
    /// <summary>The path that an expression takes, through parse_json, tostring, extractjson and the columns that stand for parts of it.</summary>
    public static DynamicPath Of(SyntaxNode expression)
    {
        var steps = new Stack<string>();
        var seen = new HashSet<SyntaxNode>();
        var node = expression.Unwrapped();
        while (seen.Add(node) && Up(node, steps) is { } next)
        {
            node = next.Unwrapped();
        }

        return new(node, [.. steps]);
    }

    /// <summary>The steps of a JSON path such as <c>$.Messages[0].Id</c>.</summary>
    public static ImmutableArray<string> Split(string path) => [.. Step().Matches(path.TrimStart('$')).Select(match => match.Groups["name"] is { Success: true } name ? name.Value : match.Value)];

    private static SyntaxNode? Up(SyntaxNode node, Stack<string> steps)
    {
        switch (node.Kind)
        {
            case "PathExpression" when node["Expression"] is { } left && left.Symbol?.Kind != "Tuple" && node["Selector"] is { } selector && node.Symbol is null:
                steps.Push(selector.Kind == "BracketedExpression" ? Bracketed(selector) : selector.Source.Trim('[', ']', '\'', '"'));
                return left;
            case "ElementExpression" when node["Expression"] is { } array && node["Selector"] is { } place:
                steps.Push(Bracketed(place));
                return array;
            case "FunctionCallExpression" when node.IsCall("parse_json", "todynamic", "toobject", "tostring") && node.Arguments() is [var inner, ..]:
                return inner;
            case "FunctionCallExpression" when node.IsCall("extractjson", "extract_json") && node.Arguments() is [{ Value: { } path }, var json, ..]:
                foreach (var step in Split(path).Reverse())
                {
                    steps.Push(step);
                }

                return json;
            default:
                return node.Symbol is { Kind: "Column" or "Variable" } symbol && symbol.Sources.Take(2).ToList() is [var source] ? source : null;
        }
    }

    // ["Messages"] is a name, [0] a place.
    private static string Bracketed(SyntaxNode selector) => selector["Expression"] switch
    {
        { ResultType: "string", Value: { } name } => name,
        { Kind: "LongLiteralExpression", Value: { } place } => $"[{place}]",
        { } other when Place().IsMatch(other.Source) => $"[{other.Source}]",
        _ => "[]",
    };

    [GeneratedRegex(@"\['(?<name>[^']*)'\]|\[""(?<name>[^""]*)""\]|\[[^\]]*\]|(?<name>[^.\[\]]+)")]
    private static partial Regex Step();

    [GeneratedRegex(@"^-?[0-9]+\z")]
    private static partial Regex Place();
}
