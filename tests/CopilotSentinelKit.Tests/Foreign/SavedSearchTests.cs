
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Foreign;

namespace CopilotSentinelKit.Tests.Foreign;

public class SavedSearchTests
{
    private const string Category = "\"category\": \"Hunting Queries\"";

    [Test]
    public void A_hunt_is_read_from_its_tags()
    {
        var hunt = Template.Only<HuntingQuery>(Template.Search);
        Assert.That(hunt.Description.Value, Is.EqualTo("Agents that few use."));
        Assert.That(hunt.Attack.Tactics.Select(tactic => (tactic.Value, tactic.Span.Text)), Is.EqualTo([("InitialAccess", "InitialAccess"), ("Collection", "Collection")]));
        Assert.That(hunt.Attack.Techniques.Single().Value, Is.EqualTo("T1078"));
    }

    [Test]
    public void A_parser_has_an_alias()
    {
        var (text, _, _) = Template.Changed(Template.Search, Category, "\"category\": \"Functions\", \"functionAlias\": \"Agents\", \"functionParameters\": \"since: time = 1d, names: dynamic = dynamic(['a, b'])\"");
        var parser = Template.Only<ParserFunction>(text);
        Assert.That(parser.Alias, Is.EqualTo("Agents"));
        Assert.That(parser.Parameters.Select(parameter => $"{parameter.Name}:{parameter.Type}={parameter.Default}"), Is.EqualTo(["since:timespan=1d", "names:dynamic=dynamic(['a, b'])"]));
    }

    [TestCase("T: (a: string, b: long), x: int"), TestCase("T:(*)")]
    public void Tables_as_parameters_leave_the_query_unknown(string parameters)
    {
        var (text, _, _) = Template.Changed(Template.Search, Category, $"\"category\": \"Functions\", \"functionAlias\": \"Agents\", \"functionParameters\": \"{parameters}\"");
        Assert.That(Template.Only<ParserFunction>(text).Query.IsUnknown);
    }

    [TestCase("a"), TestCase("a: text"), TestCase("a = 1"), TestCase("a: string = ")]
    public void Parameters_that_cannot_be_read(string parameters) => Template.Verify(
        "CSK0873", Template.Search, Category, $"\"category\": \"Functions\", \"functionAlias\": \"Agents\", \"functionParameters\": «\"{parameters}\"»");

    [TestCase(""), TestCase("a:string"), TestCase("a:int=1,b:datetime=datetime(null)"), TestCase("s:string=\"a\\\",b\"")]
    public void Parameters_that_can_be_read(string parameters) => Assert.That(FunctionParameters.Parse(parameters), Is.Not.Null);

    [TestCase("Hunting queries"), TestCase("Hunting Query"), TestCase("HuntingQueries")]
    public void The_category_of_hunts_is_exact(string category) => Template.Verify("CSK0871", Template.Search, Category, $"\"category\": «\"{category}\"»");

    [TestCase("General Exploration"), TestCase("Security")]
    public void Other_categories_are_other_searches(string category) => Template.Ok(Template.Search, Category, $"\"category\": \"{category}\"");

    [Test]
    public void A_search_without_an_etag_cannot_be_replaced()
    {
        var (text, _, _) = Template.Changed(Template.Search, "\"etag\": \"*\",", "");
        Assert.That(Template.Read(text).Findings.Select(finding => finding.Code), Does.Contain("CSK0877"));
        Template.Ok(text, "\"version\": 2,", "\"version\": 2, \"eTag\": \"*\",");
        Template.Ok(Template.Search, "\"version\": 2,", "\"version\": 2, \"eTag\": \"*\",");
    }

    [Test]
    public void A_parser_of_a_package_counts_once()
    {
        var search = Template.Search[Template.Search.IndexOf("    {\n", StringComparison.Ordinal)..Template.Search.IndexOf("\n  ]", StringComparison.Ordinal)].Trim();
        var stored = $"{{ \"type\": \"Microsoft.OperationalInsights/workspaces/providers/contentTemplates\", \"properties\": {{ \"mainTemplate\": {{ \"resources\": [{search}] }} }} }}";
        Assert.That(Template.Read(Template.Changed(Template.Search, "\n  ]\n", $", {stored}\n  ]\n").Text).Items, Has.Length.EqualTo(1));
    }
}
