using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Site;

/// <summary>What csk docs writes of the shipped pack.</summary>
internal sealed partial class SiteTests
{
    private static readonly Lazy<Task<IReadOnlyDictionary<string, string>>> Shipped = new(MakeAsync);

    [Test]
    public async Task Each_piece_of_content_has_a_page()
    {
        var site = await Shipped.Value;
        foreach (var item in (await ShippedPack.Compilation).Items)
        {
            Assert.That(site.Keys, Has.One.EndsWith($"s/{item.FileName}.html"), item.Id.Value);
        }
    }

    [Test]
    public async Task Every_link_leads_to_a_page_and_a_place_on_it()
    {
        var site = await Shipped.Value;
        var links = site.Where(page => page.Key.EndsWith(".html", StringComparison.Ordinal)).SelectMany(page => Link().Matches(page.Value).Select(link => (From: page.Key, To: link.Groups[1].Value))).Distinct().ToList();
        Assert.That(links, Has.Count.GreaterThan(500));
        foreach (var (from, to) in links.Where(link => !link.To.StartsWith("https://", StringComparison.Ordinal) && link.To != "data:,"))
        {
            var parts = to.Split('#');
            var path = parts[0].Length == 0 ? from : new Uri(new("https://site.example/" + from), parts[0]).AbsolutePath[1..];
            Assert.That(site, Does.ContainKey(path), $"{to} in {from}");
            Assert.That(parts.Length == 1 || site[path].Contains($"id=\"{parts[1]}\"", StringComparison.Ordinal), Is.True, $"{to} in {from}");
        }
    }

    [Test]
    public async Task A_page_says_what_a_detection_does_and_why()
    {
        var page = (await Shipped.Value)["rules/CopilotJailbreakAttempt.html"];
        Assert.That(page, Does.Contain("<h1>Copilot jailbreak attempt</h1>").And.Contain("every 15m").And.Contain("<a href=\"../parsers/CopilotMessages.html\">CopilotMessages</a>(")
            .And.Contain("href=\"../coverage.html#T1211\"").And.Contain("a mark on the second message").And.Contain("Read the conversation of the thread in Purview").And.Contain("days of data scanned a day"));
    }

    [Test]
    public async Task A_workbook_is_drawn_over_simulated_records()
    {
        var site = await Shipped.Value;
        var page = site["workbooks/CopilotActivity.html"];
        Assert.That(page, Does.Contain("20 made-up people in 8 days (seed 1)").And.Contain("<svg viewBox=\"0 0 1000 1000\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"Number over time")
            .And.Contain("The numbers behind it").And.Contain("bizchat").And.Contain("The records of this time range name no model."));
        Assert.That(site.Where(file => file.Key.StartsWith("workbooks/", StringComparison.Ordinal)).Select(file => file.Value), Has.All.Contain("<table>").And.None.Contain("cannot be run"));
    }

    [Test]
    public async Task Coverage_names_what_has_no_rule()
    {
        var page = (await Shipped.Value)["coverage.html"];
        var row = Row("<code>CopilotInteraction</code>");
        Assert.That(row, Does.Contain("rules/CopilotJailbreakAttempt.html").And.Not.Contain("chip gap"));
        Assert.That(page, Does.Contain("chip gap"));

        string Row(string start) => page[page.IndexOf(start, StringComparison.Ordinal)..].Split("</tr>")[0];
    }

    [Test]
    public async Task The_layer_has_every_technique_once_with_the_content_for_it()
    {
        var layer = JsonNode.Parse((await Shipped.Value)["attack-layer.json"])!;
        var items = (await ShippedPack.Compilation).Items;
        var techniques = layer["techniques"]!.AsArray().ToDictionary(technique => (string)technique!["techniqueID"]!, technique => (int)technique!["score"]!);
        var expected = items.OfType<AnalyticsRule>().Select(rule => rule.Attack).Concat(items.OfType<HuntingQuery>().Select(hunt => hunt.Attack))
            .SelectMany(attack => attack.Techniques.Select(technique => technique.Value).Distinct()).CountBy(technique => technique).ToDictionary();
        Assert.That(techniques, Is.EquivalentTo(expected));
    }

    [Test]
    public async Task Nothing_comes_from_elsewhere_and_no_script_stands_in_a_page()
    {
        foreach (var (path, text) in await Shipped.Value)
        {
            Assert.That(Loaded().Matches(text).Select(match => match.Value), Is.Empty, path);
            Assert.That(!path.EndsWith(".html", StringComparison.Ordinal) || InPage().Count(text) == 0, Is.True, path);
        }
    }

    [Test]
    public async Task A_value_changes_nothing_around_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("kit.yaml", "name: contoso\npublisher: \"<b>&\\\"'\"\n");
        var run = await Csk.RunAsync("docs", "--project", folder.Root);
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(folder.Read("site/index.html"), Does.Contain("&lt;b&gt;&amp;&quot;&#39;").And.Not.Contain("<b>&"));
        var again = await Csk.RunAsync("docs", "--project", folder.Root);
        Assert.That(again.Out, Does.StartWith("Nothing changed in "));
    }

    [Test]
    public async Task A_project_has_pages_of_its_own_and_none_of_what_is_gone()
    {
        using var folder = new TemporaryFolder();
        folder.Write("kit.yaml", "name: contoso\npublisher: Contoso\n");
        folder.Write("templates/site/about.html.scriban", "<p>{{ pack.publisher | html }}</p>");
        Assert.That((await Csk.RunAsync("docs", "--project", folder.Root, "--out", folder.PathOf("pages"))).Code, Is.Zero);
        Assert.That(folder.Read("pages/about.html"), Is.EqualTo("<p>Contoso</p>\n"));
        File.Delete(folder.PathOf("templates/site/about.html.scriban"));
        Assert.That((await Csk.RunAsync("docs", "--project", folder.Root, "--out", folder.PathOf("pages"))).Out, Does.Contain("1 removed"));
        Assert.That(folder.Files("pages").Keys, Has.None.EqualTo("about.html"));
    }

    [TestCase("content")]
    [TestCase("content/site")]
    [TestCase(".")]
    public async Task It_does_not_lie_where_content_does(string path)
    {
        using var folder = new TemporaryFolder();
        folder.Write("kit.yaml", "name: contoso\npublisher: Contoso\n");
        var run = await Csk.RunAsync("docs", "--project", folder.Root, "--out", folder.PathOf(path));
        Assert.That(run.Code, Is.EqualTo(ExitCodes.Usage));
        Assert.That(run.Error, Does.Contain("cannot lie in one another"));
    }

    private static async Task<IReadOnlyDictionary<string, string>> MakeAsync()
    {
        var emission = await new Compiler(SharedHost.Analyzer, SharedHost.Catalog).DocsAsync(await ShippedPack.Compilation, [.. PackFolder.Read(Repository.Root, withEvents: true)], [], CancellationToken.None);
        Assert.That(emission.Findings, Is.Empty);
        return emission.Artifacts.ToDictionary(file => file.Path, file => file.Text);
    }

    [GeneratedRegex("(?:href|src)=\"([^\"]+)\"")]
    private static partial Regex Link();

    [GeneratedRegex("""(?:src="|<link[^>]*href="|url\(|@import )(?:https?:)?//""")]
    private static partial Regex Loaded();

    [GeneratedRegex("""<script(?![^>]*src=)|\son[a-z]+=|\sstyle=|<style""")]
    private static partial Regex InPage();
}
