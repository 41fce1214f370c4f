using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Generate;

/// <summary>A rule's query rendered anew for Defender.</summary>
/// <param name="Id">The rule's id in the spec.</param>
/// <param name="Query">The query; null when there is none.</param>
/// <param name="Schedule">When it runs there; null when Defender has no such schedule.</param>
/// <param name="HasOwnTimes">Whether the query names times of its own, which do not follow a schedule that had to change.</param>
internal sealed record DefenderQuery(string Id, Query? Query, DefenderSchedule? Schedule, bool HasOwnTimes);

/// <summary>Renders the rules' queries for Defender: with the schedule that Defender has, over its CloudAppEvents alone, parsers inside, the columns that it
/// demands at the end.</summary>
internal static partial class DefenderQueries
{
    /// <summary>Every rule's query; null when the project does not read CloudAppEvents.</summary>
    /// <param name="pack">The project.</param>
    /// <param name="catalog">Microsoft's tables.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static ImmutableArray<DefenderQuery>? Render(ResolvedPack pack, TableCatalog catalog, CancellationToken cancellation)
    {
        if (DefenderMapping.Of(pack.Mapping, catalog) is not { } mapping)
        {
            return null;
        }

        var rules = pack.Detections.Where(detection => detection.Spec.Kind.Value != DetectionKind.Hunting)
            .Select(detection => (Detection: detection, Schedule: ScheduleOf(detection.Spec)))
            .ToImmutableArray();
        var adapted = rules.Select(rule => rule.Schedule is { } schedule ? rule.Detection with { Spec = Adapted(rule.Detection.Spec, schedule) } : rule.Detection).ToImmutableArray();

        // What is wrong with a template was found when the rule was rendered for Sentinel.
        var before = Generator.Render([.. rules.Select(rule => DetectionGenerator.Template(rule.Detection, pack.Templates))], [], cancellation);
        var after = Generator.Render([.. adapted.Select(detection => DetectionGenerator.Template(detection, pack.Templates))], [], cancellation);
        var whole = adapted.Zip(after, (detection, query) => query is null ? null : DetectionGenerator.Create(detection, WithColumns(query))).ToImmutableArray();
        var embedded = InlineParsers.Embed([.. whole.OfType<ContentItem>()], [], pack with { Mapping = mapping }, catalog, cancellation);
        var next = 0;
        return
        [
            .. rules.Select((rule, index) => new DefenderQuery(
                rule.Detection.Spec.Id.Value,
                whole[index] is null ? null : ((AnalyticsRule)embedded[next++]).Query,
                rule.Schedule,
                rule.Schedule?.Frequency != EveryOf(rule.Detection.Spec) && before[index]?.Text == after[index]?.Text && OwnTime().IsMatch(after[index]?.Text ?? ""))),
        ];
    }

    private static TimeSpan EveryOf(DetectionSpec spec) => spec.Schedule?.Every?.Value ?? TimeSpan.Zero;

    private static DefenderSchedule? ScheduleOf(DetectionSpec spec) => DefenderSchedule.For(EveryOf(spec), spec.Schedule?.Lookback?.Value ?? EveryOf(spec));

    private static DetectionSpec Adapted(DetectionSpec spec, DefenderSchedule schedule)
    {
        var place = spec.Schedule?.Span ?? spec.Kind.Span;
        return spec with
        {
            Schedule = new(place, new(schedule.Frequency, place), new(schedule.Lookback, place)),
            Parameters = [.. spec.Parameters.Select(parameter => parameter is { Name.Value: "keep", Type: ParameterType.Columns } ? parameter with { Value = WithRecordId(parameter.Value) } : parameter)],
        };
    }

    // The columns of the row that archetypes show; that of its record says which event it was.
    private static YamlValue WithRecordId(YamlValue value) =>
        value is YamlList list && !list.Items.OfType<YamlText>().Any(item => item.Value == Mapping.RecordId)
            ? list with { Items = [.. list.Items, new YamlText(list.Span, Mapping.RecordId, true, [])] }
            : value;

    private static Query WithColumns(Query query) =>
        new QueryBuilder().Append(query).Append("\n| extend Timestamp = TimeGenerated, ReportId = RecordId").Build(query.Fallback);

    [GeneratedRegex(@"\b(ago|now)\s*\(")]
    private static partial Regex OwnTime();
}
