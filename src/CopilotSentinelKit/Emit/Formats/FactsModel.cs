using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Validate;
using Scriban.Runtime;

namespace CopilotSentinelKit.Emit.Formats;

/// <summary>What templates can name of tests, costs and coverage.</summary>
internal static class FactsModel
{
    private static readonly ModelShape<ContentItem> LinkShape = new(
        "link",
        new("kind", "text", "AnalyticsRule, HuntingQuery, ...", item => ContentKind.Of(item).Name),
        new("id", "text", "The id in the spec; of a parser, its name in KQL.", item => (item as ParserFunction)?.Alias ?? item.Id.Value),
        new("name", "text", "Its name in Sentinel.", item => item.Name.Value),
        new("page", "text", "Where its page is in the site of csk docs.", PageOf));

    private static readonly ModelShape<TestSpec> TestShape = new(
        "test",
        new("name", "text", "What it shows.", test => test.Name.Value),
        new("fires", "bool", "Whether the query must return rows.", test => !test.Expect.IsNone),
        new("rows", "number", "How many rows it must return; null where only some are asked for.", test => test.Expect.Count),
        new("sources", "list of text", "The sources that it runs on; each enabled one when empty.", test => new ScriptArray(test.Sources.Select(source => source.Value))));

    private static readonly ModelShape<ItemFacts> Facts = new(
        "facts",
        new("every", "text", "Time between runs, as specs write it (1h); null where nothing runs it by a clock.", facts => Short((facts.Item as AnalyticsRule)?.Schedule?.Frequency.Value)),
        new("lookback", "text", "How far back a run reads, as specs write it.", facts => Short((facts.Item as AnalyticsRule)?.Schedule?.Period.Value)),
        new("response", "text", "What to do about an alert, or null.", facts => facts.Item.Notes.Response),
        new("false_positives", "list of text", "Harmless things that look the same.", facts => new ScriptArray(facts.Item.Notes.FalsePositives)),
        new("references", "list of text", "Web addresses with more to read.", facts => new ScriptArray(facts.Item.Notes.References)),
        new("tests", "list of test", "Its tests.", facts => TestShape.Of(facts.Tests)),
        new("calls", "list of link", "The parsers that it calls itself.", facts => LinkShape.Of(facts.Calls)),
        new("called_by", "list of link", "Of a parser: the content that calls it.", facts => LinkShape.Of(facts.CalledBy)),
        new("reads", "list of text", "The tables that a run reads, with how often: 2 x CloudAppEvents.", facts => new ScriptArray(facts.Cost?.ReadsInWords ?? [])),
        new("days_scanned", "text", "Days of data that it scans in a day, all tables together; null where that is not known.", facts => facts.Cost?.DaysScannedADay.ToString("0.##", CultureInfo.InvariantCulture)),
        new("columns_read", "number", "Columns of the tables that it names, itself or in parsers; null where that is not known.", facts => facts.Cost?.ColumnsRead));

    private static readonly ModelShape<(string Id, string? Name, ImmutableArray<ContentItem> Items)> CoveredShape = new(
        "covered",
        new("id", "text", "Its id, or a tactic in Sentinel's spelling.", row => row.Id),
        new("name", "text", "Its name; null for a tactic or technique of ATT&CK, whose names the kit does not hold.", row => row.Name),
        new("items", "list of link", "The rules and hunts for it; none where it is not covered.", row => LinkShape.Of(row.Items)));

    private static readonly ModelShape<ImmutableArray<ContentItem>> Coverage = new(
        "coverage",
        new("tactics", "list of covered", "Every tactic that Sentinel accepts.", items => Rows(AttackCatalog.Instance.Tactics.Select(id => (id, (string?)null)), items, item => item.GetAttack().Tactics)),
        new("techniques", "list of covered", "Techniques and sub-techniques of ATT&CK that content is for.", items => Rows(
            items.SelectMany(item => item.GetAttack().Techniques).Select(id => id.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(id => (id, (string?)null)), items, item => item.GetAttack().Techniques)),
        new("atlas", "list of covered", "Techniques of MITRE ATLAS that content is for.", items => Rows(
            items.SelectMany(item => item.Atlas).Select(id => id.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(id => (id, RiskCatalog.Atlas.NameOf(id))), items, item => item.Atlas)),
        new("owasp", "list of covered", "Every risk of the OWASP Top 10 for LLM applications.", items => Rows(
            RiskCatalog.Owasp.Ids.Order(StringComparer.Ordinal).Select(id => (id, RiskCatalog.Owasp.NameOf(id))), items, item => item.Owasp)));

    /// <summary>What the reference lists.</summary>
    public static ImmutableArray<IModelShape> Shapes { get; } = [Facts, TestShape, LinkShape, Coverage, CoveredShape];

    /// <summary>What tests and analysis know of an item.</summary>
    public static ScriptObject Of(ItemFacts facts) => Facts.Of(facts);

    /// <summary>What the content is for.</summary>
    public static ScriptObject CoverageOf(ImmutableArray<ContentItem> items) => Coverage.Of(items);

    /// <summary>Operations and the content that finds them.</summary>
    public static ScriptArray OperationsOf(ImmutableArray<OperationFacts> operations, ImmutableArray<ContentItem> items) =>
        CoveredShape.Of(operations.Select(operation => (operation.Name, (string?)null, items.Where(item => Detects(item) && operation.FoundBy.Contains(item.Id.Value)).ToImmutableArray())));

    /// <summary>Where the page of an item is, in the site.</summary>
    public static string PageOf(ContentItem item) => $"{(item is SummaryRule ? "summaries" : OutputTemplate.EachOf(item) + "s")}/{item.FileName}.html";

    private static bool Detects(ContentItem item) => item is AnalyticsRule or HuntingQuery;

    private static ScriptArray Rows(IEnumerable<(string Id, string? Name)> ids, ImmutableArray<ContentItem> items, Func<ContentItem, ImmutableArray<Spanned<string>>> of) =>
        CoveredShape.Of(ids.Select(id => (id.Id, id.Name, items.Where(item => Detects(item) && of(item).Any(value => value.Value == id.Id)).ToImmutableArray())));

    private static string? Short(TimeSpan? time) => time is { } span ? DurationText.Short(span) : null;
}
