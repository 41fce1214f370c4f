using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Generate;

/// <summary>Which parameters of a detection a deployment may set.</summary>
internal static partial class DetectionParameters
{
    /// <summary>Those that stand in the query as literals of a type that an expression of a template can write, where letter case is not all that tells their names apart.</summary>
    public static ImmutableArray<QueryParameter> Of(DetectionSpec spec, Query query) =>
    [
        .. from parameter in spec.Parameters
           where query.Uses(parameter.Name.Value).Any() && spec.Parameters.Count(other => other.Name.Value.Equals(parameter.Name.Value, StringComparison.OrdinalIgnoreCase)) == 1
           let made = Of(spec, parameter)
           where made is not null
           select made,
    ];

    /// <summary>An item without the parameters that its query lost when functions were put in the place of what it had, or into it.</summary>
    public static ContentItem Keep(ContentItem earlier, ContentItem item) => (earlier, item) switch
    {
        (AnalyticsRule before, AnalyticsRule rule) when rule.Query.WithParametersOf(before.Query) is var query => rule with { Query = query, QueryParameters = Kept(rule, query) },
        (HuntingQuery before, HuntingQuery hunt) when hunt.Query.WithParametersOf(before.Query) is var query => hunt with { Query = query, QueryParameters = Kept(hunt, query) },
        _ => item,
    };

    private static ImmutableArray<QueryParameter> Kept(ContentItem item, Query query) => [.. item.QueryParameters.Where(parameter => query.Uses(parameter.Name.Value).Any())];

    private static QueryParameter? Of(DetectionSpec spec, ParameterSpec parameter)
    {
        var text = (parameter.Value as YamlText)?.Value ?? "";
        return parameter.Type switch
        {
            ParameterType.Int or ParameterType.Long => Make(QueryParameterType.Int, text),
            ParameterType.Bool => Make(QueryParameterType.Bool, text),

            // The others would need more escapes than an expression can reasonably have.
            ParameterType.String when !text.Any(c => char.IsControl(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) =>
                Make(QueryParameterType.String, text),
            ParameterType.Timespan when Span().Match(text) is { Success: true } span => Make(QueryParameterType.Timespan, span.Groups["number"].Value) with
            {
                Unit = span.Groups["unit"].Value,
                Max = Max(spec, long.Parse(span.Groups["number"].Value, CultureInfo.InvariantCulture), span.Groups["unit"].Value),
            },
            _ => null,
        };

        QueryParameter Make(QueryParameterType type, string value) => new(parameter.Name, type, value, "", parameter.Description, null);
    }

    // A run reads no more than the lookback of the rule, so no time in its query can be longer, unless the spec's own is.
    private static long? Max(DetectionSpec spec, long value, string unit)
    {
        if ((spec.Schedule?.Lookback ?? spec.Schedule?.Every) is not { } period)
        {
            return null;
        }

        var one = unit switch { "d" => TimeSpan.FromDays(1), "h" => TimeSpan.FromHours(1), _ => TimeSpan.FromMinutes(1) };
        return Math.Max(value, period.Value.Ticks / one.Ticks);
    }

    [GeneratedRegex(@"\A(?<number>[0-9]{1,9})(?<unit>[dhm])\z")]
    private static partial Regex Span();
}
