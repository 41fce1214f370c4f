
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Validate;

/// <summary>Rules whose query Kusto.Language has bound: the text after "query: " of a marked YAML.</summary>
internal static class Bound
{
    /// <summary>Asserts that a rule with the query has this one finding, at the marked text; <paramref name="beside"/> is a code that it may have besides.</summary>
    public static Finding VerifyRule(string code, string marked, Func<Yaml, AnalyticsRule, AnalyticsRule>? change = null, string? beside = null)
    {
        var analysis = Analyze(Query(new Yaml(marked)));
        return Findings.Verify(code, marked, yaml => Rule(yaml, change), analysis, beside);
    }

    /// <summary>Asserts that a rule with the query has no finding.</summary>
    public static void OkRule(string yaml, Func<Yaml, AnalyticsRule, AnalyticsRule>? change = null) =>
        Findings.Ok(yaml, source => Rule(source, change), Analyze(Query(new Yaml(yaml))));

    /// <summary>A schedule that no test of queries stumbles over: the query is expected to group, or to say what is new.</summary>
    public static Schedule Times(Yaml yaml, int frequencyMinutes, int periodMinutes) =>
        new(yaml.Any(TimeSpan.FromMinutes(frequencyMinutes)), yaml.Any(TimeSpan.FromMinutes(periodMinutes)));

    public static KqlAnalysis Analyze(string kql)
    {
        var analysis = SharedHost.Analyzer.AnalyzeAsync(Sample.Schema, [new(kql, [], WithTree: true)], null, CancellationToken.None).GetAwaiter().GetResult().Single();
        Assert.That(analysis.Diagnostics.Where(finding => finding.Severity == "Error").Select(finding => finding.Message), Is.Empty);
        return analysis;
    }

    private static AnalyticsRule Rule(Yaml yaml, Func<Yaml, AnalyticsRule, AnalyticsRule>? change)
    {
        var rule = Sample.Rule(yaml) with { Query = yaml.Query(Query(yaml)), Schedule = Times(yaml, 60, 1440), Suppression = yaml.Any(TimeSpan.FromHours(5)) };
        return change is null ? rule : change(yaml, rule);
    }

    private static string Query(Yaml yaml) => yaml.File.Text[(yaml.File.Text.IndexOf("query: ", StringComparison.Ordinal) + "query: ".Length)..];
}
