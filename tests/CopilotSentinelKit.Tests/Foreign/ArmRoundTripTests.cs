
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Foreign;

/// <summary>The kit's own templates, read back, say what they were made of.</summary>
public class ArmRoundTripTests
{
    [Test]
    public async Task The_shipped_pack_reads_back()
    {
        var compilation = await ShippedPack.Compilation;
        var emission = ContentEmitter.Emit(compilation.Items, [OutputFormat.Arm]);
        var read = new Dictionary<string, ContentItem>(StringComparer.Ordinal);
        foreach (var artifact in emission.Artifacts.Where(artifact => artifact.Path.EndsWith(".json", StringComparison.Ordinal) && artifact.Path != ArmWhole.Path))
        {
            var (items, findings) = Template.Read(artifact.Text, artifact.Path);
            Assert.That(findings.Where(finding => finding.Severity != FindingSeverity.Information), Is.Empty, () => Template.Shown(findings));
            read.Add(artifact.Path, items.Single());
        }

        Assert.That(read, Has.Count.EqualTo(compilation.Items.Length).And.Count.GreaterThan(20));
        foreach (var item in compilation.Items)
        {
            Assert.That(Facts(read[ContentEmitter.ArmPath(item)]), Is.EqualTo(Facts(item)), ContentEmitter.ArmPath(item));
        }
    }

    // All that both have. Stable API versions take techniques without their sub-techniques, and a hunt's entities are in no template.
    private static List<string> Facts(ContentItem item) => [item.GetType().Name, item.Name.Value, Description(item), .. OwnFacts(item)];

    private static string Description(ContentItem item) => item.Origin != ContentOrigin.Spec ? item.Description.Value
        : item switch { AnalyticsRule => ContentTexts.Whole(item), HuntingQuery or ParserFunction => ContentTexts.Summary(item), _ => item.Description.Value };

    private static string? AlertDescription(AnalyticsRule rule) => rule.Origin == ContentOrigin.Spec ? ContentTexts.AlertDescription(rule) : rule.AlertDetails?.DescriptionFormat?.Value;

    private static string[] OwnFacts(ContentItem item) => item switch
    {
        AnalyticsRule rule =>
        [
            rule.Guid.ToString(), rule.Kind.Value.ToString(), rule.Severity.Value.ToString(), rule.Query.Text, rule.Enabled.ToString(),
            $"{rule.Schedule?.Frequency.Value} {rule.Schedule?.Period.Value}",
            $"{rule.Trigger?.Operator.Value} {rule.Trigger?.Threshold.Value}",
            Words(rule.Attack.Tactics),
            rule.Kind.Value == RuleKind.Nrt ? Words(rule.Attack.Techniques) : Words(rule.Attack.Techniques.Select(technique => technique.Select(id => id.Split('.')[0])).DistinctBy(id => id.Value)),
            string.Join(';', rule.Entities.Select(entity => $"{entity.Type.Value}:{string.Join(',', entity.Fields.Select(field => $"{field.Identifier.Value}={field.Column.Value}"))}")),
            string.Join(';', rule.CustomDetails.Select(detail => $"{detail.Key.Value}={detail.Column.Value}")),
            $"{rule.AlertDetails?.NameFormat?.Value} {AlertDescription(rule)} {rule.AlertDetails?.SeverityColumn?.Value} {rule.AlertDetails?.TacticsColumn?.Value}",
            $"{rule.Incident?.Create} {rule.Incident?.Grouping?.Matching.Value} {rule.Incident?.Grouping?.Lookback.Value}",
            $"{rule.Suppression?.Value}",
        ],
        HuntingQuery hunt => [hunt.Guid.ToString(), hunt.Query.Text, Words(hunt.Attack.Tactics), Words(hunt.Attack.Techniques)],
        ParserFunction parser => [parser.Guid.ToString(), parser.Query.Text, parser.Alias, parser.ParameterList],
        Watchlist watchlist =>
        [
            watchlist.Alias.Value, watchlist.Provider,

            // The columns stand in the first line of the rows.
            watchlist.Rows.IsEmpty ? "" : watchlist.SearchKey.Value + ":" + string.Join(',', watchlist.Columns.Select(column => column.Value.Name)),
            string.Join(';', watchlist.Rows.Select(row => string.Join(',', row.Select(cell => cell.Value)))),
        ],
        Workbook workbook => [.. workbook.Queries.Select(query => query.Kql.Text).Order(StringComparer.Ordinal)],
        _ => ["?"],
    };

    private static string Words(IEnumerable<Spanned<string>> words) => string.Join(',', words.Select(word => word.Value));
}
