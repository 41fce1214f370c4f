using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Tests.Spec;

namespace CopilotSentinelKit.Tests.Support;

/// <summary>A small pack in memory: a mapping of one source, the repository's parser templates, and what a test adds or replaces.
/// «These» marks in a file, taken out before it is read, show what a finding must underline.</summary>
internal sealed class TestPack
{
    public const string MappingPath = "rules/mapping.yaml";
    public const string RulePath = "rules/detections/a-detection.yaml";

    public const string Mapping = """
        version: 1.0.0
        sources:
          CloudAppEvents:
            table: CloudAppEvents
            connector: MicrosoftThreatProtection
            where: ActionType == "CopilotInteraction"
            record: RawEventData
            event: RawEventData.CopilotEventData
            columns: { ActorUpn: AccountDisplayName }
          Custom:
            table: CopilotAudit_CL
            enabled: false
            event: Data
            columns: { ActorUpn: Actor }
            declares: { TimeGenerated: datetime, Actor: string, Data: dynamic }
        fields:
          RecordId: { type: string, record: [Id, ID] }
          ActorUpn: { type: string, record: UserId }
          Messages: { type: dynamic, array: true, event: Messages }
        parsers:
          CopilotEvents: { description: Records., template: events }
          CopilotMessages: { description: Messages., template: elements, each: Messages, keep: [TimeGenerated, RecordId], fields: { MessageId: { type: string, record: [Id, ID] } }, rest: MessageRest }

        """;

    // The small rule looks back an hour each hour, over a table that comes late, and tests give it parameters and templates that they
    // only read, and many rules with one query: only a test of these findings asks for them.
    private static readonly string[] Quiet = ["CSK0219", "CSK0220", "CSK0452", "CSK0473"];

    private readonly ImmutableSortedDictionary<string, string> _shipped;
    private readonly ImmutableSortedDictionary<string, string> _project;

    private TestPack(ImmutableSortedDictionary<string, string> shipped, ImmutableSortedDictionary<string, string> project) =>
        (_shipped, _project) = (shipped, project);

    /// <summary>The mapping and the parser templates.</summary>
    public static TestPack Small { get; } = new TestPack(
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal), ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal))
        .With(MappingPath, Mapping)
        .With("templates/parsers/events.scriban", Repository.Read("templates", "parsers", "events.scriban"))
        .With("templates/parsers/elements.scriban", Repository.Read("templates", "parsers", "elements.scriban"))
        .With("templates/parsers/asim.scriban", Repository.Read("templates", "parsers", "asim.scriban"));

    /// <summary>The small pack with one rule, of these entries and defaults for the others.</summary>
    public static TestPack Rule(params string[] entries) => Small.With(RulePath, Samples.With(entries));

    /// <summary>The small pack with a part of its mapping written anew.</summary>
    public static TestPack Mapped(string part, string marked) => Small.Replace(MappingPath, part, marked);

    /// <summary>Everything that the repository ships.</summary>
    public static TestPack Shipped()
    {
        var pack = new TestPack(Small._project, Small._project);
        return PackFolder.Read(Repository.Root, withEvents: true).Aggregate(pack, (all, file) => all.With(file.PackPath, Encoding.UTF8.GetString(file.Bytes.Span)));
    }

    public TestPack With(string path, string text) => new(_shipped.SetItem(path, text), _project);

    public TestPack Replace(string path, string part, string marked)
    {
        Assert.That(_shipped[path], Does.Contain(part), "the case changes nothing");
        return With(path, _shipped[path].Replace(part, marked, StringComparison.Ordinal));
    }

    /// <summary>With a file of a project; its kit.yaml has a name and a publisher unless it is given too.</summary>
    public TestPack Project(string path, string text) => new(
        _shipped, (_project.IsEmpty ? _project.Add("kit.yaml", Kit("")) : _project).SetItem(path, text));

    public TestPack WithKit(string entries, string name = "contoso-copilot") => Project("kit.yaml", Kit(entries, name));

    public Task<Compilation> CompileAsync(IKqlAnalyzer? analyzer = null) =>
        new Compiler(analyzer ?? SharedHost.Analyzer, SharedHost.Catalog)
            .CompileAsync(Files(_shipped, ""), Files(_project, "project/"), null, CancellationToken.None);

    /// <summary>The tests of the pack, run; the compilation itself must be without an error.</summary>
    public async Task<TestRun> TestAsync(TestChoice? choice = null)
    {
        var run = await new Compiler(SharedHost.Analyzer, SharedHost.Catalog)
            .TestAsync(Files(_shipped, ""), Files(_project, "project/"), choice ?? new(), new LocalEngine(), null, CancellationToken.None);
        return run with { Compilation = run.Compilation with { Findings = run.Compilation.Findings.RemoveAll(finding => Quiet.Contains(finding.Code)) } };
    }

    /// <summary>The one finding of the tests.</summary>
    public async Task<Finding> VerifyTests(string code) =>
        Verify(code, (await TestAsync(new("a-detection/"))).Compilation.Findings);

    /// <summary>The content, which must be without any finding.</summary>
    public async Task<ImmutableArray<ContentItem>> Ok()
    {
        var compilation = await CompileAsync();
        var findings = compilation.Findings.RemoveAll(finding => Quiet.Contains(finding.Code));
        Assert.That(findings, Is.Empty, () => Marked.Shown(findings));
        return compilation.Items;
    }

    /// <summary>The one finding, which must have the code and be at the mark; <paramref name="beside"/> is a code that there may be besides.</summary>
    public async Task<Finding> Verify(string code, string? beside = null) =>
        Verify(code, (await CompileAsync()).Findings.RemoveAll(finding => finding.Code == beside));

    /// <summary>The first two stages, which need no language service.</summary>
    public ResolvedPack Load(string? environment = null)
    {
        var findings = new List<Finding>();
        var pack = Compiler.Load(Files(_shipped, ""), Files(_project, "project/"), findings, environment);
        findings.RemoveAll(finding => Quiet.Contains(finding.Code));
        Assert.That(findings, Is.Empty, () => Marked.Shown(findings));
        return pack!;
    }

    /// <summary>The one finding of the first two stages.</summary>
    public Finding VerifyLoad(string code, string? environment = null)
    {
        var findings = new List<Finding>();
        Compiler.Load(Files(_shipped, ""), Files(_project, "project/"), findings, environment);
        return Verify(code, findings);
    }

    private Finding Verify(string code, IEnumerable<Finding> all)
    {
        ImmutableArray<Finding> findings = [.. all.Where(finding => finding.Code == code || !Quiet.Contains(finding.Code))];
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo([code]), () => Marked.Shown(findings));
        var found = findings[0];
        var (path, marked) = _shipped.Concat(_project.Select(file => KeyValuePair.Create("project/" + file.Key, file.Value)))
            .Single(file => file.Value.Contains('«', StringComparison.Ordinal));
        var start = marked.IndexOf('«', StringComparison.Ordinal);
        var before = marked[..start];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Span.File.Path, Is.EqualTo(path));
            Assert.That(found.Span.Text, Is.EqualTo(marked[(start + 1)..marked.IndexOf('»', StringComparison.Ordinal)]));
            Assert.That(found.Span.Position, Is.EqualTo((before.Count(c => c == '\n') + 1, before.Length - before.LastIndexOf('\n'))));
            Assert.That(found.Message, Does.EndWith(".").Or.EndWith("?"));
        }

        return found;
    }

    private static string Kit(string entries, string name = "contoso-copilot") => $"name: {name}\npublisher: Contoso\n{entries}\n";

    private static ImmutableArray<SpecFile> Files(ImmutableSortedDictionary<string, string> files, string shownIn) =>
    [
        .. files.Select(file => new SpecFile(file.Key, shownIn + file.Key, Encoding.UTF8.GetBytes(
            file.Value.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal)))),
    ];
}
