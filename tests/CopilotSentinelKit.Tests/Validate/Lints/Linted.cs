using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Validate.Lints;

namespace CopilotSentinelKit.Tests.Validate.Lints;

/// <summary>KQL in which «these» marks, taken out before it is read, show what a lint must underline.</summary>
internal static class Linted
{
    private static readonly KqlSchema Schema = Sample.Schema with
    {
        Functions = [.. Sample.Schema.Functions, new("CopilotEvents", [], [new("TimeGenerated", "datetime"), new("ActorUpn", "string"), new("Messages", "dynamic")])],
    };

    public static AnalyticsRule Rule(Yaml yaml) => Sample.Rule(yaml);

    public static AnalyticsRule Nrt(Yaml yaml) => Sample.Nrt(yaml);

    public static HuntingQuery Hunt(Yaml yaml) => Sample.Hunt(yaml);

    public static ParserFunction Parser(Yaml yaml) => Sample.Parser(yaml);

    /// <summary>Asserts that the query has this one finding of the lints, at the mark, and gives it.</summary>
    public static async Task<Finding> Verify(string code, string marked, Func<Yaml, ContentItem>? build = null)
    {
        var yaml = new Yaml(marked);
        var findings = await Run(yaml, build ?? Rule);
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo(new[] { code }), () => string.Join('\n', findings.Select(finding => $"{finding.Code} {finding.Message}")));
        Findings.AssertAt(findings[0], yaml);
        return findings[0];
    }

    /// <summary>The same, and that its fix gives this text, which has no such finding any more.</summary>
    public static async Task<Finding> VerifyFixed(string code, string marked, string expected, Func<Yaml, ContentItem>? build = null)
    {
        var finding = await Verify(code, marked, build);
        var text = finding.Span.File.Text;
        foreach (var edit in finding.Fix!.Edits.OrderByDescending(edit => edit.Span.Start))
        {
            text = text.Remove(edit.Span.Start, edit.Span.Length).Insert(edit.Span.Start, edit.Text);
        }

        Assert.That(text, Is.EqualTo(expected));
        await Ok(text, build);
        return finding;
    }

    /// <summary>Asserts that the lints find nothing.</summary>
    public static async Task Ok(string kql, Func<Yaml, ContentItem>? build = null)
    {
        var findings = await Run(new(kql), build ?? Rule);
        Assert.That(findings.Select(finding => $"{finding.Span} {finding.Code} {finding.Message}"), Is.Empty);
    }

    private static async Task<ImmutableArray<Finding>> Run(Yaml yaml, Func<Yaml, ContentItem> build)
    {
        var query = yaml.Query(yaml.File.Text);
        var analysis = (await SharedHost.Analyzer.AnalyzeAsync(Schema, [new(query.Text, [], WithTree: true)], null, CancellationToken.None))[0];
        return [.. LintCheck.Run(WithQuery(build(yaml), query), analysis, new(Schema))];
    }

    private static ContentItem WithQuery(ContentItem item, Query query) => item switch
    {
        AnalyticsRule rule => rule with { Query = query },
        HuntingQuery hunt => hunt with { Query = query },
        ParserFunction parser => parser with { Query = query },
        _ => item,
    };
}
