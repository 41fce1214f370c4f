using System.Collections.Immutable;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Reporters;

/// <summary>Findings with everything that a report can hold.</summary>
internal static class SampleReport
{
    public const string Path = "rules/detections/a rule, 100% ü.yaml";

    public static readonly SourceFile File = new(Path, "id: a\nname: «A» 😀 name\nquery: |\n  T\n  | where x\n");

    public static FindingReport Whole { get; } = Of(File);

    public static FindingReport Empty { get; } = new([], []) { Files = [Path, "rules/mapping.yaml"], Version = "1.2.3" };

    public static FindingReport Of(SourceFile file)
    {
        var name = Span(file, "name");
        var error = Finding.Error("CSK0520", Span(file, "😀"), "The name \"<&>]]>\u0001\ud800\" is:\r\nwrong, 100%. {0} [a](1)") with
        {
            Fix = new("Write \"b\"", [new(Span(file, "😀"), "b\u0001")]),
        };
        return new(
            [
                error.With(Span(file, "id"), "the first"),
                Finding.Warning("CSK0560", new(file, name.Start, Span(file, "query").Start - name.Start), "Over two lines."),
                Finding.Information("KS999", new(file, file.Text.Length, 0), "At the end."),
            ],
            [
                Finding.Error("CSK0521", Span(file, "where"), "Suppressed.") with
                {
                    Suppression = new(SuppressionKind.InSource, "Seen \"and\" accepted.", new(2027, 1, 31), Span(file, "T")),
                },
            ])
        {
            Files = [file.Path, "rules/mapping.yaml"],
            Version = "1.2.3",
            FromRoot = path => "sub/" + path,
        };
    }

    /// <summary>A report of the same finding at each of some words of a text.</summary>
    public static FindingReport At(string text, params string[] words)
    {
        var file = new SourceFile("a.yaml", text);
        ImmutableArray<Finding> findings = [.. words.Select(word => Finding.Warning("CSK0520", Span(file, word), "A message."))];
        return new(findings, []);
    }

    private static SourceSpan Span(SourceFile file, string text) => new(file, file.Text.IndexOf(text, StringComparison.Ordinal), text.Length);
}
