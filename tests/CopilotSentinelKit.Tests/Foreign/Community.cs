using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Tests.Spec;

namespace CopilotSentinelKit.Tests.Foreign;

/// <summary>Community YAML in which «these» marks, taken out before it is read, show what a finding must underline.</summary>
internal static class Community
{
    private static readonly ImmutableArray<(string Key, string Entry)> Head =
    [
        ("id", "id: 3b2f7a51-6c1e-4d0b-9f0a-5e8f2c7d4a90\n"),
        ("name", "name: Sign-in from a new country\n"),
        ("description", "description: |\n  Finds a sign-in from a country that the user never came from.\n"),
        ("version", "version: 1.0.0\n"),
        ("query", "query: |\n  SigninLogs\n  | where ingestion_time() > ago(1h) and ResultType == \"0\"\n  | project TimeGenerated, UserPrincipalName, IPAddress\n"),
    ];

    /// <summary>A sound rule with entries in place of its own, each "key: value" with a line break last.</summary>
    public static string Rule(params string[] entries) => Build(
    [
        .. Head,
        ("kind", "kind: Scheduled\n"),
        ("severity", "severity: Medium\n"),
        ("queryFrequency", "queryFrequency: 1h\n"),
        ("queryPeriod", "queryPeriod: 2h\n"),
        ("triggerOperator", "triggerOperator: gt\n"),
        ("triggerThreshold", "triggerThreshold: 0\n"),
    ], entries);

    /// <summary>A sound hunting query.</summary>
    public static string Hunt(params string[] entries) => Build([.. Head, ("tactics", "tactics:\n  - InitialAccess\n")], entries);

    /// <summary>A sound parser of a solution.</summary>
    public static string Parser(params string[] entries) => Build(
    [
        ("id", "id: 7e0d1a4c-93b2-4c6f-8f3e-1b5a6d2c8e70\n"),
        ("Function", "Function:\n  Title: Fabrikam events\n  Version: '1.0.0'\n  LastUpdated: '2026-03-01'\n"),
        ("Category", "Category: Microsoft Sentinel Parser\n"),
        ("FunctionName", "FunctionName: FabrikamEvents\n"),
        ("FunctionAlias", "FunctionAlias: FabrikamEvents\n"),
        ("FunctionQuery", "FunctionQuery: |\n  Syslog\n  | where ProcessName == \"fabrikam\"\n  | project TimeGenerated, Computer, FabrikamUser = HostName\n"),
    ], entries);

    /// <summary>A sound summary rule.</summary>
    public static string Summary(params string[] entries) => Build(
    [
        ("id", "id: 2c9d4e7b-1a5f-4b38-8d60-7f3e9a1c5b24\n"),
        ("displayName", "displayName: Sign-ins by hour\n"),
        ("description", "description: Keeps counts of sign-ins for long baselines.\n"),
        ("requiredDataConnectors", "requiredDataConnectors:\n  - connectorId: AzureActiveDirectory\n    dataTypes:\n      - SigninLogs\n"),
        ("destinationTable", "destinationTable: SigninCounts_CL\n"),
        ("query", "query: |\n  SigninLogs\n  | summarize SignIns = count() by UserPrincipalName\n"),
        ("binSize", "binSize: 60\n"),
        ("version", "version: 1.0.0\n"),
    ], entries);

    /// <summary>A sound parser of ASIM.</summary>
    public static string Asim(params string[] entries) => Build(
    [
        ("Parser", "Parser:\n  Title: Fabrikam DNS\n  Version: '0.1.0'\n  LastUpdated: Mar 01, 2026\n"),
        ("ParserName", "ParserName: vimDnsFabrikam\n"),
        ("ParserParams", "ParserParams:\n  - Name: disabled\n    Type: bool\n    Default: false\n"),
        ("ParserQuery", "ParserQuery: |\n  let parser = (disabled:bool=false) {\n    Syslog | where not(disabled)\n  };\n  parser(disabled=disabled)\n"),
    ], entries);

    public static (ImmutableArray<ContentItem> Items, IReadOnlyList<Finding> Findings) Read(string yaml, string path = "content/a.yaml")
    {
        var read = ContentReader.Read([new(path, path, Encoding.UTF8.GetBytes(Plain(yaml)))]);
        return (read.Items, read.Findings);
    }

    /// <summary>The one finding of the reader, which must be at the mark.</summary>
    public static Finding Verify(string code, string marked) => VerifyAt(code, marked, Read(marked).Findings);

    public static Finding VerifyAt(string code, string marked, IReadOnlyList<Finding> findings)
    {
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo([code]), () => Marked.Shown(findings));
        var start = marked.IndexOf('«', StringComparison.Ordinal);
        var end = marked.IndexOf('»', StringComparison.Ordinal) - 1;
        Assert.That(start >= 0 && end >= start, "the case marks nothing");
        var before = Plain(marked)[..start];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(findings[0].Span.Text, Is.EqualTo(Plain(marked)[start..end]));
            Assert.That(findings[0].Span.Position, Is.EqualTo((before.Count(c => c == '\n') + 1, before.Length - before.LastIndexOf('\n'))));
            Assert.That(findings[0].Message, Does.EndWith(".").Or.EndWith("?"));
        }

        return findings[0];
    }

    /// <summary>The one piece of content, read without a finding.</summary>
    public static T Ok<T>(string yaml)
        where T : ContentItem
    {
        var (items, findings) = Read(yaml);
        Assert.That(findings, Is.Empty, () => Marked.Shown(findings));
        Assert.That(items, Has.Length.EqualTo(1).And.All.TypeOf<T>());
        return (T)items[0];
    }

    public static string Plain(string marked) => marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);

    private static string Build(ImmutableArray<(string Key, string Entry)> own, string[] entries)
    {
        var keys = entries.Select(entry => Plain(entry).Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        return string.Concat(own.Where(entry => !keys.Contains(entry.Key)).Select(entry => entry.Entry)) + string.Concat(entries.Where(entry => !entry.StartsWith('-')).Select(entry => entry));
    }
}
