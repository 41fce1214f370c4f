using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>A summary rule's table, times and columns. What its query cannot have is in <see cref="SummaryQueryCheck"/>.</summary>
internal static partial class SummaryCheck
{
    // Columns that queries never give back as their own: the table has them already.
    private static readonly ImmutableArray<string> Reserved = [.. CustomTable.ReservedColumns, .. SummaryRule.ServiceColumns.Select(column => column.Name)];

    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context) =>
        item is SummaryRule rule ? Times(rule).Concat(Table(rule)).Concat(Columns(rule, analysis)) : [];

    private static IEnumerable<Finding> Table(SummaryRule rule)
    {
        if (rule.Table.Value.Length > 0 && !TableName().IsMatch(rule.Table.Value))
        {
            yield return SummaryFindings.IllegalTable(rule.Table.Span, rule.Table.Value);
        }
    }

    private static IEnumerable<Finding> Times(SummaryRule rule)
    {
        if (rule.Bin.Value > TimeSpan.Zero && !SummaryRule.BinSizes.Contains(rule.Bin.Value))
        {
            yield return SummaryFindings.IllegalBin(
                rule.Bin.Span, Minutes(rule.Bin.Value), SummaryRule.BinSizes.Select(Minutes));
        }

        if (rule.Delay is { } delay && (delay.Value > SummaryRule.LongestDelay || delay.Value < TimeSpan.Zero))
        {
            yield return SummaryFindings.DelayTooLong(delay.Span, DurationText.Short(delay.Value));
        }

        if (rule.Start is { } start && DateTime.TryParse(start.Value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) && time.TimeOfDay.Ticks % TimeSpan.TicksPerHour != 0)
        {
            yield return SummaryFindings.StartsWithinHour(start.Span, start.Value);
        }
    }

    private static IEnumerable<Finding> Columns(SummaryRule rule, KqlAnalysis? analysis)
    {
        if (analysis.GetAllColumns() is not { } returned)
        {
            yield break;
        }

        foreach (var column in rule.Columns)
        {
            var (name, type) = column.Value;
            if (returned.FirstOrDefault(other => other.Name == name) is not { } found)
            {
                yield return SummaryFindings.MissingColumn(column.Span, name, returned.Select(other => other.Name));
            }
            else if (found.Type != type)
            {
                yield return SummaryFindings.ColumnType(column.Span, name, type, found.Type);
            }

            if (Reserved.Contains(name))
            {
                yield return SummaryFindings.ReservedColumn(column.Span, name);
            }
        }

        // Of rules of others the query says the columns; where it is no result of its own, they are those of the table it reads.
        var declared = rule.Columns.Select(column => column.Value.Name).ToList();
        foreach (var column in rule.Origin == ContentOrigin.Spec ? returned.Where(column => !declared.Contains(column.Name)) : [])
        {
            yield return SummaryFindings.UndeclaredColumn(rule.Query.Fallback, column.Name, column.Type, declared);
        }
    }

    private static string Minutes(TimeSpan time) => time.TotalMinutes.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]*_CL\z")]
    private static partial Regex TableName();
}
