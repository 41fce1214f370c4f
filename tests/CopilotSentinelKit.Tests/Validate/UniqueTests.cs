using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Validate;
using static CopilotSentinelKit.Tests.Validate.Findings;
using static CopilotSentinelKit.Tests.Validate.Sample;

namespace CopilotSentinelKit.Tests.Validate;

internal sealed class UniqueTests
{
    private static readonly Yaml First = new("«first»", "rules/a.yaml");
    private static readonly Guid Third = new("9c2d9a4e-1c1b-5f0a-9d57-0a4a4e1c7b33");
    private static readonly Yaml Second = new("«second»", "rules/b.yaml");

    [Test]
    public void Content_with_nothing_in_common() => Assert.That(Run([new(Rule1, null), new(Rule2, null), new(Hunt(Second) with { Guid = Third }, null)]), Is.Empty);

    [Test]
    public void A_guid_twice() => Twice("CSK0510", Rule1, Rule2 with { Guid = Rule1.Guid });

    [Test]
    public void What_is_there_in_a_file_of_its_own_and_in_a_template_with_everything_is_one()
    {
        var own = new Yaml("«rule»", "arm/rules/a.json");
        var whole = new Yaml("«rule», «other»", "arm/rules/main.json");
        var alone = Rule(own) with { Id = own["rule"], Origin = ContentOrigin.Arm };
        var same = Rule(whole) with { Id = whole["rule"], Origin = ContentOrigin.Arm };
        var neighbour = Other(Rule(whole)) with { Id = whole["other"], Name = whole.At("other", "Another"), Query = new("AuditLogs | take 1", [], whole["other"].Span), Origin = ContentOrigin.Arm };
        Assert.That(Codes([new(alone, null), new(same, null), new(neighbour, null)]), Is.Empty);

        // A copy that says something else replaces it; one beside it in a file of its own was forgotten.
        Assert.That(Codes([new(alone, null), new(same with { Query = new("AuditLogs | project TimeGenerated", [], whole["rule"].Span) }, null), new(neighbour, null)]), Does.Contain("CSK0510"));
        Assert.That(Codes([new(alone, null), new(same, null)]), Does.Contain("CSK0510"));
    }

    [Test]
    public void A_guid_twice_in_one_type_of_resource() => Twice("CSK0510", Hunt(First) with { Id = First.Mark, Guid = Third }, Parser(Second) with { Id = Second.Mark, Guid = Third });

    [Test]
    public void A_guid_twice_in_two_types_of_resources() => Assert.That(Run([new(Rule1, null), new(Hunt(Second) with { Guid = Rule1.Guid }, null)]), Is.Empty);

    [Test]
    public void One_query_in_two_rules()
    {
        var copied = Rule1 with { Query = Yaml("a.yaml", "SigninLogs | take 1"), Name = First.Any("One") };
        var copy = Rule2 with { Query = Yaml("b.yaml", "SigninLogs  |\n  take 1"), Name = Second.Any("Other") };
        Assert.That(SameQueryCheck.Run([new(copied, null), new(copy, null)]).Select(finding => finding.Code), Is.EqualTo(["CSK0473"]));
        Assert.That(SameQueryCheck.Run([new(copied, null), new(copy with { Query = Yaml("b.yaml", "SigninLogs | take 2") }, null)]), Is.Empty);

        static Query Yaml(string path, string kql) => new Yaml(kql, path).Query(kql);
    }

    [Test]
    public void A_rule_name_twice()
    {
        var finding = Twice("CSK0511", Rule1 with { Name = First.At("first", "Same") }, Rule2 with { Name = Second.At("second", "Same") });
        Assert.That(finding.Severity, Is.EqualTo(FindingSeverity.Error));
        Assert.That(Run([new(Rule1 with { Name = First.Any("Same") }, null), new(Rule2 with { Name = Second.Any("same") }, null)]), Is.Empty);
    }

    [Test]
    public void A_hunt_name_twice()
    {
        var hunt = Hunt(First) with { Id = First.Mark, Name = First.At("first", "Same") };
        var finding = Twice("CSK0512", hunt, Other(hunt) with { FileName = "OtherHunt", Id = Second.Mark, Name = Second.At("second", "Same") });
        Assert.That(finding.Severity, Is.EqualTo(FindingSeverity.Warning));
    }

    [Test]
    public void A_name_in_two_kinds() =>
        Assert.That(Run([new(Rule1, null), new(Other(Hunt(Second)) with { Name = Second.Any(Rule1.Name.Value) }, null)]), Is.Empty);

    [Test]
    public void A_file_name_twice_in_another_letter_case() =>
        Twice("CSK0513", Rule1 with { FileName = "CopilotUse" }, Rule2 with { FileName = "CopilotUSE" });

    [Test]
    public void A_parser_alias_twice()
    {
        var parser = Parser(First) with { Id = First.Mark };
        Twice("CSK0514", parser, Other(parser) with { Id = Second.Mark, FileName = "Other", Name = Second.Any("Other") });
    }

    [Test]
    public void A_watchlist_alias_twice()
    {
        var list = List(First) with { Alias = First.At("first", "VipUsers") };
        Twice("CSK0514", list, Other(list) with { Alias = Second.At("second", "VIPUsers"), FileName = "Other", Name = Second.Any("Other") });
    }

    [Test]
    public void More_rules_than_a_workspace_takes()
    {
        Assert.That(Codes(Many(512, rule => rule)), Is.Empty);
        Assert.That(Codes(Many(513, rule => rule with { Enabled = false })), Is.Empty);
        var findings = Run(Many(513, rule => rule));
        Assert.That(findings.Single().Code, Is.EqualTo("CSK0515"));
        Assert.That(findings[0].Span.ToString(), Is.EqualTo("rules/0512.yaml:1:5"));
        Assert.That(findings[0].Message, Does.Contain("513"));
    }

    [Test]
    public void More_nrt_rules_than_a_workspace_takes()
    {
        Assert.That(Codes(Many(50, AsNrt)), Is.Empty);
        var findings = Run(Many(51, AsNrt));
        Assert.That(findings.Single().Code, Is.EqualTo("CSK0516"));
        Assert.That(findings[0].Span.ToString(), Is.EqualTo("rules/0050.yaml:1:1"));
    }

    [Test]
    public void The_order_of_the_items_does_not_matter()
    {
        ImmutableArray<AnalyzedContent> items = [new(Rule2 with { Guid = Rule1.Guid, FileName = "nul" }, null), new(Rule1 with { Version = First.Any("1") }, null)];
        var forward = Run(items).Select(Show).ToList();
        Assert.That(forward, Has.Count.EqualTo(3));
        Assert.That(Run([.. items.Reverse()]).Select(Show), Is.EqualTo(forward));
        Assert.That(forward, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
    }

    private static AnalyticsRule Rule1 => Rule(First) with { Id = First.Mark };

    private static AnalyticsRule Rule2 => Other(Rule(Second)) with { Id = Second.Mark, FileName = "Other", Name = Second.Any("Other"), Query = new("AuditLogs | project TimeGenerated", [], Second.Mark.Span) };

    private static T Other<T>(T item)
        where T : ContentItem => item with { Guid = new("7a2d9a4e-1c1b-5f0a-9d57-0a4a4e1c7b22") };

    private static AnalyticsRule AsNrt(AnalyticsRule rule) => rule with { Kind = new(RuleKind.Nrt, rule.Kind.Span), Schedule = null, Trigger = null };

    private static ImmutableArray<AnalyzedContent> Many(int count, Func<AnalyticsRule, AnalyticsRule> change) =>
        [.. Enumerable.Range(0, count).Select(number =>
        {
            var yaml = new Yaml("id: it", $"rules/{number:D4}.yaml");
            var rule = Rule(yaml) with
            {
                Id = yaml["it"],
                Guid = new(FormattableString.Invariant($"5f2d9a4e-1c1b-5f0a-9d57-{number:x12}")),
                FileName = $"Rule{number}",
                Name = yaml.Any($"Rule {number}"),
            };
            return new AnalyzedContent(change(rule), null);
        })];

    private static IEnumerable<string> Codes(ImmutableArray<AnalyzedContent> items) => Run(items).Select(finding => finding.Code);

    private static string Show(Finding finding) => $"{finding.Span} {finding.Code}";

    // Given the wrong way round, because the places decide which one is called the first.
    private static Finding Twice(string code, ContentItem first, ContentItem second)
    {
        var findings = Run([new(second, null), new(first, null)]);
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo([code]));
        AssertAt(findings[0], Second);
        Assert.That(findings[0].Related.Single().Span, Is.EqualTo(First.Marked!.Value));
        return findings[0];
    }
}
