using System.Collections.Immutable;
using System.Text;
using BenchmarkDotNet.Attributes;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Benchmarks;

/// <summary>Stages over once, ten times and a hundred times the same input: what is ten times as much takes ten times as long.</summary>
[MemoryDiagnoser]
public class ScaleBenchmarks
{
    private const int Records = 200;
    private const int Keys = 600;
    private const int Files = 60;

    private ImmutableArray<SpecFile> _specs;
    private ImmutableArray<SpecFile> _content;
    private ImmutableArray<SpecFile> _wrong;
    private SourceFile _events = new("", "");
    private ImmutableArray<Finding> _findings;
    private Emission _emission = new([], []);

    [Params(1, 10, 100)]
    public int Times { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var rule = ShippedPack.Files.First(file => file.PackPath == "rules/detections/copilot-jailbreak-attempt.yaml");
        var text = Encoding.UTF8.GetString(rule.Bytes.Span);
        _specs = [.. Enumerable.Range(0, Times).Select(i => Named($"rules/detections/rule-{i}.yaml", text.Replace("id: copilot-jailbreak-attempt", $"id: rule-{i}", StringComparison.Ordinal)))];
        _content = [.. Enumerable.Range(0, Times).Select(i => Named($"{i}.yaml", $"id: {Guid.Empty}\nname: Rule {i}\nkind: Scheduled\nseverity: High\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: SigninLogs | where a == {i}\n"))];
        _wrong = [Named("rules/detections/a.yaml", "id: a-rule\n" + string.Concat(Enumerable.Range(0, Keys * Times / 10).Select(i => $"key{i}: 1\n")))];
        _events = new("events.jsonl", string.Concat(Enumerable.Range(0, Records * Times / 10).Select(i =>
            $$$"""{"Id":"{{{i}}}","RecordType":261,"CreationTime":"2026-01-15T12:00:00","Operation":"CopilotInteraction","Workload":"Copilot","UserId":"user{{{i % 50}}}@contoso.com","CopilotEventData":{"AppHost":"Word","Messages":[{"Id":"{{{i}}}","isPrompt":true,"JailbreakDetected":false}]}}""" + "\n")));

        // All in one line: no finding may cost the line's length.
        var line = new SourceFile("a.yaml", string.Concat(Enumerable.Repeat("{a: b}, ", Keys * Times / 10)));
        _findings = [.. Enumerable.Range(0, Keys * Times / 10).Select(i => new Finding("CSK0124", FindingSeverity.Error, new(line, i * 8, 6), "An item must be a text, but this is a map."))];
        _emission = new([.. Enumerable.Range(0, Files * Times / 10).Select(i => new Artifact($"yaml/AnalyticRules/Rule{i}.yaml", text.ReplaceLineEndings("\n").TrimEnd() + "\n"))], []);
    }

    [Benchmark]
    public SpecSet ReadSpecs() => SpecReader.Read(_specs);

    [Benchmark]
    public ForeignContent ReadContent() => ContentReader.Read(_content);

    [Benchmark]
    public SpecSet ReadWrongKeys() => SpecReader.Read(_wrong);

    [Benchmark]
    public int ReadEvents() => EventReader.Read(_events, []).Length;

    [Benchmark]
    public string Report() => FindingReports.Write(ReportFormat.Text, new(_findings, []));

    [Benchmark]
    public string ReportSarif() => FindingReports.Write(ReportFormat.Sarif, new(_findings, []));

    [Benchmark]
    public OutputPlan PlanOutput() => OutputPlan.Create(_emission, OutputState.Empty("content"), overwrite: false, []);

    private static SpecFile Named(string path, string text) => new(path, path, Encoding.UTF8.GetBytes(text));
}
