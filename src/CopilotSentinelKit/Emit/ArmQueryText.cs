using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>A query as an expression of a template, with the values of parameters where the spec's own stand. Whatever a parameter is, what it gives is one
/// literal of KQL of its type, or the deployment fails.</summary>
internal static class ArmQueryText
{
    /// <summary>The characters that Azure Resource Manager takes in one expression.</summary>
    private const int MaxExpression = 24_576;

    // Of a text between double quotes; the backslash must be the first.
    private static readonly ImmutableArray<(string Character, string Escape)> Escapes = [("\\", "\\\\"), ("\"", "\\\""), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")];

    /// <summary>The parameters of an item that its template has: all, or none where the expression would be too long.</summary>
    public static ImmutableArray<QueryParameter> ParametersOf(ContentItem item) =>
        item.GetQuery() is { } query && Write(query, item.QueryParameters, parameter => ArmParameter.Of(parameter).Value) is ArmExpression ? item.QueryParameters : [];

    /// <summary>The query, an expression where it has parameters.</summary>
    /// <param name="query">The query.</param>
    /// <param name="parameters">What is taken from parameters.</param>
    /// <param name="value">The expression of a parameter's value.</param>
    public static OutputNode Write(Query query, ImmutableArray<QueryParameter> parameters, Func<QueryParameter, ArmExpression> value)
    {
        var uses = parameters.SelectMany(parameter => query.Uses(parameter.Name.Value).Select(use => (Place: use, Parameter: parameter))).OrderBy(use => use.Place.Start).ToList();
        var parts = new List<string>();
        var text = new StringBuilder();
        var done = 0;
        foreach (var (place, parameter) in uses)
        {
            var (before, code, after) = Literal(parameter, value(parameter).Code);
            text.Append(query.Text, done, place.Start - done).Append(before);
            parts.Add(ArmExpression.Literal(text.ToString()));
            parts.Add(code);
            text.Clear().Append(after);
            done = place.Start + place.Length;
        }

        parts.Add(ArmExpression.Literal(text.Append(query.Text, done, query.Text.Length - done).ToString()));
        var whole = new ArmExpression(HarmlessText.Whole($"concat({string.Join(", ", parts)})"));
        return uses.Count == 0 || whole.Code.Length > MaxExpression - 2 ? query.Text : whole;
    }

    private static (string Before, string Code, string After) Literal(QueryParameter parameter, string value) => parameter.Type switch
    {
        QueryParameterType.Bool => ("", $"toLower(string(bool({value})))", ""),
        QueryParameterType.String => ("\"", Escapes.Aggregate($"string({value})", (code, escape) => $"replace({code}, {ArmExpression.Literal(escape.Character)}, {ArmExpression.Literal(escape.Escape)})"), "\""),
        _ => ("", $"string(int({value}))", parameter.Unit),
    };
}
