using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Testing;

/// <summary>An alert as Sentinel makes it of rows of a rule.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Description">Its description.</param>
/// <param name="Severity">Its severity, as Sentinel writes it.</param>
/// <param name="Tactics">Its tactics.</param>
/// <param name="Entities">Its entities, each once: the type and the identifiers that have a value.</param>
/// <param name="Details">Its custom details, each with the values of its rows.</param>
internal sealed partial record SentinelAlert(
    string Title,
    string Description,
    string Severity,
    ImmutableArray<string> Tactics,
    ImmutableArray<AlertEntity> Entities,
    ImmutableDictionary<string, ImmutableArray<string>> Details)
{
    /// <summary>The most alerts of a run with an alert for each row; the last stands for all further rows.</summary>
    public const int MostOfARun = 150;

    /// <summary>The alerts of a run: none when its threshold is not reached, one for all rows or one for each.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="result">What its query returned.</param>
    public static ImmutableArray<SentinelAlert> Of(AnalyticsRule rule, EvaluationResult result)
    {
        var rows = result.Rows;
        if (rows.IsEmpty && rule.Trigger is null or { Operator.Value: TriggerOperator.GreaterThan })
        {
            return [];
        }

        if (rule.Trigger is { } trigger && !Fires(trigger, rows.Length))
        {
            return [];
        }

        var places = result.Columns.Select((column, place) => (column.Name, place)).ToDictionary(column => column.Name, column => column.place, StringComparer.Ordinal);
        if (rule.EventGrouping?.Value != EventGrouping.AlertPerResult)
        {
            return [Of(rule, places, rows)];
        }

        var single = rows.Length > MostOfARun ? MostOfARun - 1 : rows.Length;
        var alerts = rows.Take(single).Select(row => Of(rule, places, [row]));
        return [.. single < rows.Length ? alerts.Append(Of(rule, places, [.. rows.Skip(single)])) : alerts];
    }

    private static bool Fires(Trigger trigger, int rows) => trigger.Operator.Value switch
    {
        TriggerOperator.GreaterThan => rows > trigger.Threshold.Value,
        TriggerOperator.LessThan => rows < trigger.Threshold.Value,
        TriggerOperator.Equal => rows == trigger.Threshold.Value,
        _ => rows != trigger.Threshold.Value,
    };

    // Texts, severity and tactics come from the first row.
    private static SentinelAlert Of(AnalyticsRule rule, Dictionary<string, int> places, ImmutableArray<ImmutableArray<Value>> rows)
    {
        var first = rows.IsEmpty ? [.. places.Select(_ => Value.Null)] : rows[0];
        var details = rule.AlertDetails;
        var severity = details?.SeverityColumn is { } column && SharedShapes.Severities.Shape.Words.FirstOrDefault(word => word.Equals(Text(first, column.Value), StringComparison.OrdinalIgnoreCase)) is { } word ? word : rule.Severity.Value.ToString();
        var tactics = details?.TacticsColumn is { } tacticsColumn && Values(first, tacticsColumn.Value) is { IsEmpty: false } ofRow ? ofRow : [.. rule.Attack.Tactics.Select(tactic => tactic.Value)];
        return new(
            Filled(details?.NameFormat?.Value ?? rule.Name.Value),
            Filled(details?.DescriptionFormat?.Value ?? rule.Description.Value),
            severity,
            tactics,
            [.. rows.SelectMany(row => rule.Entities.Select(mapping => AlertEntity.Of(mapping, name => Text(row, name)))).OfType<AlertEntity>().DistinctBy(entity => entity.ToString())],
            rule.CustomDetails.DistinctBy(detail => detail.Key.Value).ToImmutableDictionary(
                detail => detail.Key.Value,
                detail => rows.Select(row => Text(row, detail.Column.Value)).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).ToImmutableArray(),
                StringComparer.Ordinal));

        string Text(ImmutableArray<Value> row, string name) => places.TryGetValue(name, out var place) ? ValueText.Of(row[place]) : "";

        ImmutableArray<string> Values(ImmutableArray<Value> row, string name) => places.TryGetValue(name, out var place) && row[place].AsArray is { } array
            ? [.. array.Items.Select(item => ValueText.Of(item))]
            : [.. Text(row, name).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

        // What names no column of the result stays as it is.
        string Filled(string format) => Placeholder().Replace(format, match => places.ContainsKey(match.Groups[1].Value.Trim()) ? Text(first, match.Groups[1].Value.Trim()) : match.Value);
    }

    [GeneratedRegex(@"\{\{([^{}]*)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}

/// <summary>An entity of an alert.</summary>
/// <param name="Type">Sentinel's type, such as Account.</param>
/// <param name="Identifiers">Its identifiers and their values, none of them empty.</param>
internal sealed record AlertEntity(string Type, ImmutableSortedDictionary<string, string> Identifiers)
{
    /// <summary>The entity that a mapping makes of a row, or null when no identifier has a value.</summary>
    public static AlertEntity? Of(EntityMapping mapping, Func<string, string> value)
    {
        var identifiers = mapping.Fields.DistinctBy(field => field.Identifier.Value)
            .Select(field => KeyValuePair.Create(field.Identifier.Value, value(field.Column.Value)))
            .Where(field => field.Value.Length > 0)
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
        return identifiers.IsEmpty ? null : new(mapping.Type.Value, identifiers);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Type} {{ {string.Join(", ", Identifiers.Select(identifier => $"{identifier.Key}: {identifier.Value}"))} }}";
}
