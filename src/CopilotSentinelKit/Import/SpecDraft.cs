using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Import;

/// <summary>A rule or hunt of others as the keys of a spec.</summary>
internal static class SpecDraft
{
    /// <summary>The version of content that says none.</summary>
    public const string FirstVersion = "1.0.0";

    /// <summary>The keys, in the order of a spec; what has no place in them is left out.</summary>
    /// <param name="piece">An analytics rule or a hunt.</param>
    /// <param name="id">Its id.</param>
    public static OutputMap Of(ForeignPiece piece, string id)
    {
        var item = piece.Item;
        var rule = item as AnalyticsRule;
        return OutputMap.Of(
            ("id", id),
            ("guid", item.Guid == Guid.Empty || !HasGuid(piece) ? null : item.Guid.ToString()),
            ("version", VersionOf(item.Version.Value)),
            ("kind", rule is null ? "hunting" : rule.Kind.Value == RuleKind.Nrt ? "nrt" : "scheduled"),
            ("name", OneLine(item.Name.Value)),
            ("description", DescriptionOf(item)),
            ("severity", rule?.Severity.Value.ToString()),
            ("enabled", rule is { Enabled: false } ? false : null),
            ("schedule", rule is { Kind.Value: RuleKind.Scheduled, Schedule: { } schedule }
                ? OutputMap.Of(("every", DurationText.Short(schedule.Frequency.Value)), ("lookback", DurationText.Short(schedule.Period.Value)))
                : null),
            ("trigger", rule is { Kind.Value: RuleKind.Scheduled, Trigger: { } trigger } ? TriggerOf(trigger) : null),
            ("attack", AttackOf(item.GetAttack())),
            ("verbatim", true),
            ("query", QueryOf(piece)),
            ("entities", OutputList.Of(item.GetEntities().Select(EntityOf)).OrNull()),
            ("details", Named(rule?.CustomDetails ?? [])),
            ("alert", AlertOf(rule?.AlertDetails)),
            ("events", rule?.EventGrouping is { } grouping ? DetectionShape.Groupings.Word(grouping.Value) : null),
            ("incident", IncidentOf(rule?.Incident)),
            ("suppression", rule?.Suppression is { } suppression ? DurationText.Short(suppression.Value) : null),
            ("connectors", ConnectorsOf(piece)));
    }

    /// <summary>KQL without white space at the ends of lines, which no reader sees and editors take away; texts over several lines keep theirs.</summary>
    public static string Tidy(string kql)
    {
        var lines = kql.ReplaceLineEndings("\n").Split('\n');
        var start = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            var end = start + lines[i].Length;
            if (lines[i].Length > 0 && char.IsWhiteSpace(lines[i][^1]) && !KqlComments.IsInBlock(kql, end))
            {
                lines[i] = lines[i].TrimEnd();
            }

            start = end + 1;
        }

        return string.Join('\n', lines).Trim();
    }

    /// <summary>X.Y.Z of what others write: 1.2 is 1.2.0; the first version where it is something else.</summary>
    public static string VersionOf(string written)
    {
        var parts = written.Trim().TrimStart('v', 'V').Split('.');
        var version = parts.Length is > 0 and < 3 ? string.Join('.', parts.Concat(Enumerable.Repeat("0", 3 - parts.Length))) : string.Join('.', parts);
        return Forms.Version.Matches(version) ? version : FirstVersion;
    }

    /// <summary>Whether its GUID is its own, and not one that was made up to compare it by.</summary>
    public static bool HasGuid(ForeignPiece piece) => piece.Item.Origin == ContentOrigin.Arm || Guid.TryParse(piece.Item.Id.Value, out _);

    private static string DescriptionOf(ContentItem item) =>
        Lines(item.Description.Value) is { Length: > 0 } text ? text : OneLine(item.Name.Value);

    private static string QueryOf(ForeignPiece piece) => Tidy((piece.Field("query") as YamlText)?.Value ?? piece.Item.GetQuery()!.Text);

    private static OutputMap? TriggerOf(Trigger trigger) => trigger is { Operator.Value: TriggerOperator.GreaterThan, Threshold.Value: 0 } ? null : OutputMap.Of(
        ("operator", DetectionShape.Operators.Word(trigger.Operator.Value)), ("threshold", trigger.Threshold.Value));

    private static OutputMap? AttackOf(Attack attack) => OutputMap.Of(
        ("tactics", OutputList.Of(attack.Tactics.Select(tactic => tactic.Value).Distinct()).OrNull()),
        ("techniques", OutputList.Of(attack.Techniques.Select(technique => technique.Value).Where(Forms.Technique.Matches).Distinct()).OrNull())).OrNull();

    private static OutputNode EntityOf(EntityMapping entity) => new OutputMap(
    [
        ("type", entity.Type.Value),
        .. entity.Fields.Where(field => Forms.Identifier.Matches(field.Identifier.Value) && field.Identifier.Value != "type").DistinctBy(field => field.Identifier.Value)
            .Select(field => (field.Identifier.Value, (OutputNode)field.Column.Value)),
    ]);

    private static OutputMap? Named(ImmutableArray<CustomDetail> details) => new OutputMap(
        [.. details.Where(detail => Forms.Identifier.Matches(detail.Key.Value)).DistinctBy(detail => detail.Key.Value).Select(detail => (detail.Key.Value, (OutputNode)detail.Column.Value))]).OrNull();

    private static OutputMap? AlertOf(AlertDetails? alert) => alert is null ? null : OutputMap.Of(
        ("name", Text(alert.NameFormat)),
        ("description", Text(alert.DescriptionFormat)),
        ("severity", Text(alert.SeverityColumn)),
        ("tactics", Text(alert.TacticsColumn)),
        ("properties", Named(alert.DynamicProperties))).OrNull();

    private static OutputMap? IncidentOf(IncidentSettings? incident) => incident is null ? null : OutputMap.Of(
        ("create", incident.Create),
        ("grouping", incident.Grouping is not { } grouping ? null : OutputMap.Of(
            ("by", grouping.Matching.Value.ToString()),
            ("lookback", DurationText.Short(grouping.Lookback.Value)),
            ("reopen", grouping.Reopen),
            ("entities", Texts(grouping.Entities)),
            ("alertDetails", Texts(grouping.AlertDetails)),
            ("customDetails", Texts(grouping.CustomDetails)))));

    private static OutputList? ConnectorsOf(ForeignPiece piece)
    {
        var declared = piece.Item.DeclaredConnectors;
        if (declared.IsEmpty && piece.IsPackaged && piece.Field("requiredDataConnectors") is YamlList list)
        {
            declared = [.. from map in list.Items.OfType<YamlMap>()
                           let id = map["connectorId"] as YamlText
                           where id is not null
                           select new DeclaredConnector(new(id.Value, id.Span), [.. ((map["dataTypes"] as YamlList)?.Items ?? []).OfType<YamlText>().Select(type => new Spanned<string>(type.Value, type.Span))])];
        }

        return OutputList.Of(declared.Select(connector => OutputMap.Of(("id", connector.ConnectorId.Value.Trim()), ("types", Texts(connector.DataTypes))))).OrNull();
    }

    private static OutputList? Texts(ImmutableArray<Spanned<string>> texts) => OutputList.Of(texts.Select(text => text.Value)).OrNull();

    private static string? Text(Spanned<string>? text) => text is { } written && Lines(written.Value) is { Length: > 0 } value ? value : null;

    /// <summary>A text without white space at the ends of its lines and around it.</summary>
    public static string Lines(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim();

    private static string OneLine(string text) => string.Concat(text.Trim().Select(character => char.IsControl(character) ? ' ' : character));
}
