using CopilotSentinelKit.Content;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using Scriban.Runtime;

namespace CopilotSentinelKit.Generate;

/// <summary>Detections to analytics rules and hunting queries.</summary>
internal static class DetectionGenerator
{
    /// <summary>The rendering of a detection's query, through its archetype where it has one.</summary>
    public static QueryTemplate Template(Detection detection, TemplateSet templates)
    {
        var spec = detection.Spec;
        var archetype = spec.Template is { } name ? templates.Files.GetValueOrDefault("detections/" + name.Value) : null;
        var request = archetype is null
            ? new RenderRequest(spec.Query.Value, null, Values(spec)) { IsPlain = IsVerbatim(spec) }
            : new RenderRequest(archetype.Text, spec.Query.Value, Values(spec));
        return QueryTemplate.Of(
            request,
            spec.Query,
            archetype is null ? null : (segment, start, length) => ParserGenerator.InTemplate(archetype, segment, start, length),
            spec.Parameters,
            spec.Template?.Span ?? spec.Query.Span);
    }

    /// <summary>The detection as Sentinel content.</summary>
    public static ContentItem Create(Detection detection, Query query) =>
        detection.Spec.Kind.Value == DetectionKind.Hunting ? Hunt(detection, query) : Rule(detection, query);

    private static AnalyticsRule Rule(Detection detection, Query query)
    {
        var spec = detection.Spec;
        var scheduled = spec.Kind.Value == DetectionKind.Scheduled;
        var none = new Spanned<TimeSpan>(TimeSpan.Zero, spec.Kind.Span);
        return new()
        {
            FileName = ContentItem.FileNameOf(spec.Id.Value),
            Guid = RuleGuid(detection),
            Id = spec.Id,
            Version = spec.Version,
            Name = spec.Name,
            Description = spec.Description,
            IsVerbatim = IsVerbatim(spec),
            DeclaredConnectors = spec.Connectors,
            Further = spec.Further,
            Notes = Notes(spec),
            QueryParameters = DetectionParameters.Of(spec, query),
            Atlas = spec.Atlas,
            Owasp = spec.Owasp,
            Kind = spec.Kind.Select(_ => scheduled ? RuleKind.Scheduled : RuleKind.Nrt),
            Severity = spec.Severity ?? new(AlertSeverity.Medium, spec.Id.Span),
            Enabled = spec.Enabled,
            Query = query,
            Schedule = scheduled ? new(spec.Schedule?.Every ?? none, spec.Schedule?.Lookback ?? spec.Schedule?.Every ?? none) : null,
            Trigger = scheduled ? spec.Trigger ?? Trigger.AnyRow(spec.Kind.Span) : null,
            Attack = spec.Attack,
            Entities = spec.Entities,
            CustomDetails = spec.Details,
            AlertDetails = spec.Alert,
            EventGrouping = spec.Events,
            Incident = spec.Incident,
            Suppression = spec.Suppression,
        };
    }

    private static HuntingQuery Hunt(Detection detection, Query query)
    {
        var spec = detection.Spec;
        return new()
        {
            FileName = ContentItem.FileNameOf(spec.Id.Value),
            Guid = spec.Guid?.Value ?? ContentGuid.For(detection.Pack, "HuntingQuery", spec.Id.Value),
            Id = spec.Id,
            Version = spec.Version,
            Name = spec.Name,
            Description = spec.Description,
            IsVerbatim = IsVerbatim(spec),
            DeclaredConnectors = spec.Connectors,
            Further = spec.Further,
            Notes = Notes(spec),
            QueryParameters = DetectionParameters.Of(spec, query),
            Atlas = spec.Atlas,
            Owasp = spec.Owasp,
            Query = !IsVerbatim(spec) && ContentTexts.Comment(spec.Description, Notes(spec)) is { Length: > 0 } comment ? new QueryBuilder().Append(comment).Append(query).Build(query.Fallback) : query,
            Attack = spec.Attack,
            Entities = spec.Entities,
        };
    }

    private static bool IsVerbatim(DetectionSpec spec) => spec.Verbatim is { Value: true };

    private static AnalystNotes Notes(DetectionSpec spec) =>
        new([.. spec.FalsePositives.Select(text => text.Value)], spec.Response?.Value, [.. spec.References.Select(address => address.Value)]);

    /// <summary>The GUID of an analytics rule.</summary>
    public static Guid RuleGuid(Detection detection) => detection.Spec.Guid?.Value ?? ContentGuid.For(detection.Pack, "AnalyticsRule", detection.Spec.Id.Value);

    private static ScriptObject Values(DetectionSpec spec)
    {
        var values = ParameterValues.Of(spec.Parameters);
        if (spec.Schedule is { } schedule)
        {
            values["schedule"] = new ScriptObject
            {
                ["every"] = Timespan(schedule.Every),
                ["lookback"] = Timespan(schedule.Lookback ?? schedule.Every),
            };
        }

        return values;
    }

    private static TypedValue Timespan(Spanned<TimeSpan>? value) => new(TypedKind.Timespan, DurationText.Short(value?.Value ?? TimeSpan.Zero));
}
