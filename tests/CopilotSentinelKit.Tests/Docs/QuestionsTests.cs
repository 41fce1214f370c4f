using System.Text.RegularExpressions;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Docs;

/// <summary>src/docs/questions.md: each question has an answer, and each answer is there.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed partial class QuestionsTests
{
    // What the two documents have that the kit began with: fields, checks of missing records, the correlation that they end with.
    private static readonly string[] Asked =
    [
        "Query", "Response", "GroundingDataSources", "CopilotSessionId", "ConversationId", "ApplicationId", "TenantId", "ActorUpn", "CreationTime", "Operation", "SrcIpAddr", "Workload",
        "AppHost", "Contexts", "ThreadId", "MessageIds", "AccessedResources", "ResourceId", "ResourceType", "ResourceName", "SensitivityLabelId",
        "copilot-audit-turned-off", "copilot-entitled-users-without-records", "copilot-answers-without-data", "copilot-unknown-members", "copilot-outside-working-pattern",
    ];

    private static readonly string Text = Repository.Read("src", "docs", "questions.md");

    [Test]
    public void Every_answer_is_there()
    {
        var specs = ShippedPack.Specs;
        var known = specs.Detections.Select(spec => spec.Id.Value)
            .Concat(specs.Watchlists.Select(list => list.Alias.Value))
            .Concat(specs.Workbooks.Select(workbook => workbook.Id.Value))
            .Concat(specs.Mapping!.Fields.Select(field => field.Name.Value))
            .Concat(specs.Mapping.Parsers.SelectMany(parser => parser.Fields).Select(field => field.Name.Value))
            .Concat(["TurnId", "csk generate", "csk discover"])
            .ToHashSet(StringComparer.Ordinal);
        var rows = Rows();
        Assert.That(rows, Has.Count.GreaterThan(25));
        Assert.That(rows.Where(row => row.Names.Count == 0).Select(row => row.Question), Is.Empty);
        Assert.That(rows.SelectMany(row => row.Names).Except(known), Is.Empty);
    }

    [Test]
    public void Everything_asked_is_answered() => Assert.That(Asked.Except(Rows().SelectMany(row => row.Names)), Is.Empty);

    [Test]
    public void Every_watchlist_is_told() =>
        Assert.That(ShippedPack.Specs.Watchlists.Select(list => list.Alias.Value).Where(alias => !Text.Split("## Which rules gain")[1].Contains($"`{alias}`", StringComparison.Ordinal)), Is.Empty);

    private static List<(string Question, List<string> Names)> Rows() =>
    [
        .. Text.Split("<!-- questions -->")[1].Split("<!-- /questions -->")[0].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Split(" | "))
            .Select(cells => (cells[0], Code().Matches(cells[^1]).Select(match => match.Groups[1].Value).ToList())),
    ];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
