using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Cli.Cache;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Explain;

/// <summary>Compiles examples, each as the file that it says it is. What does not change between them (parsers, the base) is analysed once.</summary>
internal static class ExampleRun
{
    private const string Kit = "name: contoso-copilot\npublisher: Contoso\n";

    private static readonly ImmutableArray<(string Path, string Text)> Pack =
    [
        ("rules/mapping.yaml", TestPack.Mapping),
        ("rules/detections/copilot-jailbreak-attempt.yaml", ExampleBase.With(ExampleBase.Detection,
            "id: copilot-jailbreak-attempt\nname: Copilot jailbreak attempt\nparameters: { minAttempts: { type: int, default: 1 } }\n"
            + "query: CopilotActivity | summarize Attempts = count() by ActorName | where Attempts >= {{ minAttempts | kql }}\n")),
        ("rules/detections/copilot-injected-resource.yaml", ExampleBase.With(ExampleBase.Detection, "id: copilot-injected-resource\nname: Injected resource\nkind: nrt\n")),
        ("rules/hunts/copilot-agents.yaml", ExampleBase.With(ExampleBase.Hunt, "id: copilot-agents\nname: Copilot agents\n")),
        ("templates/parsers/events.scriban", Repository.Read("templates", "parsers", "events.scriban")),
        ("templates/parsers/elements.scriban", Repository.Read("templates", "parsers", "elements.scriban")),
        ("templates/workbooks/top-list.yaml", Repository.Read("templates", "workbooks", "top-list.yaml")),
        ("templates/parsers/asim.scriban", Repository.Read("templates", "parsers", "asim.scriban")),
        ("templates/detections/first-seen.scriban", Repository.Read("templates", "detections", "first-seen.scriban")),
    ];

    /// <summary>The findings of an example.</summary>
    public static async Task<ImmutableArray<Finding>> FindingsAsync(FindingExample example, Compiler compiler)
    {
        if (example.Kind is "rule" or "huntingRule" or "parser" or "arm")
        {
            var (name, content) = ForeignFile(example);
            return (await compiler.CheckAsync(Files(Pack), [], Files([(name, content)]), null, CancellationToken.None)).Findings;
        }

        if (example.Kind == "test")
        {
            return await FindingsOfTestsAsync(example.Text, compiler);
        }

        var (path, text) = File(example);
        var pack = path == "rules/mapping.yaml" && IsWholeMapping(text) ? Pack.RemoveAt(0).Add((path, text)) : Pack;
        ImmutableArray<(string, string)> project = pack == Pack ? [("kit.yaml", Kit), (path, text)] : [];
        if (path == "kit.yaml")
        {
            project = [(path, text)];
        }

        var compilation = await compiler.CompileAsync(Files(pack), Files(project), null, CancellationToken.None);
        return compilation.Findings;
    }

    // Over the shipped mapping, which says how records become rows.
    private static async Task<ImmutableArray<Finding>> FindingsOfTestsAsync(string tests, Compiler compiler)
    {
        const string path = "rules/detections/an-example.yaml";
        var pack = Pack.RemoveAt(0).Add(("rules/mapping.yaml", Repository.Read("rules", "mapping.yaml")))
            .Add(("rules/events/word-prompt.json", Repository.Read("rules", "events", "word-prompt.json")))
            .Add((path, ExampleBase.With(ExampleBase.Detection, tests)));
        var run = await compiler.TestAsync(Files(pack), [], new(), new LocalEngine(), null, CancellationToken.None);
        return [.. run.Compilation.Findings.Where(finding => finding.Span.File.Path == path)];
    }

    /// <summary>A compiler whose language service answers each question once.</summary>
    public static Compiler Compiler(ResultCache cache) => new(new CachedKqlAnalyzer(SharedHost.Analyzer, cache), SharedHost.Catalog);

    private static (string Path, string Text) ForeignFile(FindingExample example) => example.Kind switch
    {
        "rule" => ("UseOfCopilot.yaml", ExampleBase.With(ExampleBase.Rule, example.Text)),
        "huntingRule" => ("UseOfCopilot.yaml", ExampleBase.With(ExampleBase.HuntingRule, example.Text)),
        "parser" => ("CopilotUse.yaml", ExampleBase.With(ExampleBase.Parser, example.Text)),
        _ => ("UseOfCopilot.json", example.Text),
    };

    private static (string Path, string Text) File(FindingExample example) => example.Kind switch
    {
        "kql" => ("rules/detections/an-example.yaml", ExampleBase.Query(example.Text)),
        "detection" => ("rules/detections/an-example.yaml", ExampleBase.With(ExampleBase.Detection, example.Text)),
        "hunt" => ("rules/hunts/an-example.yaml", ExampleBase.With(ExampleBase.Hunt, example.Text)),
        "watchlist" => ("rules/watchlists/an-example.yaml", ExampleBase.With(ExampleBase.Watchlist, example.Text)),
        "workbook" => ("rules/workbooks/an-example.yaml", ExampleBase.With(ExampleBase.Workbook, example.Text)),
        "summary" => ("rules/summaries/an-example.yaml", ExampleBase.With(ExampleBase.Summary, example.Text)),
        "automation" => ("rules/automation/an-example.yaml", ExampleBase.With(ExampleBase.Automation, example.Text)),
        "mapping" => ("rules/mapping.yaml", example.Text),
        "kit" => ("kit.yaml", example.Text),
        _ => throw new ArgumentException($"\"{example.Kind}\" is no kind of example."),
    };

    private static bool IsWholeMapping(string text) =>
        Array.TrueForAll(["sources:", "fields:", "parsers:"], key => ("\n" + text).Contains("\n" + key, StringComparison.Ordinal));

    private static ImmutableArray<SpecFile> Files(IEnumerable<(string Path, string Text)> files) =>
        [.. files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => new SpecFile(file.Path, file.Path, Encoding.UTF8.GetBytes(file.Text)))];
}
