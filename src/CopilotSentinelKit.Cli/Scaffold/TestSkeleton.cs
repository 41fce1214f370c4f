using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Import;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Cli.Scaffold;

/// <summary>A first test of an imported rule: that it finds nothing where nothing happened, and how to write one that shows what it finds.</summary>
internal static class TestSkeleton
{
    /// <summary>Where the tests of a spec are in a project.</summary>
    public static string PathOf(string id) => $"rules/tests/{id}.yaml";

    /// <summary>The text of the file.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="analyzed">What its query reads and returns; may be null.</param>
    public static string Of(ImportedSpec spec, AnalyzedContent? analyzed)
    {
        var tables = analyzed?.Analysis?.Tables.Concat(analyzed.Analysis.UnknownNames.Select(name => name.Name)).Distinct(StringComparer.Ordinal).Take(4).ToList() ?? [];
        var columns = (analyzed?.Item ?? spec.Item).GetEntities().SelectMany(entity => entity.Fields).Select(field => field.Column.Value).Distinct(StringComparer.Ordinal).Take(4).ToList();
        string[] lines =
        [
            "# yaml-language-server: $schema=../schemas/test.json",
            $"for: {spec.Id}",
            "tests:",
            "  - name: nothing happened",
            "    expect: none",
            "  # What it finds: rows that it reads, and what it must make of them.",
            "  # - name: ",
            "  #   tables:",
            .. (tables.Count > 0 ? tables : ["SecurityEvent"]).Select(table => $"  #     {HarmlessText.Line(table)}: [{{ TimeGenerated: -10m }}]"),
            $"  #   expect: [{{ {string.Join(", ", (columns.Count > 0 ? columns : ["Column"]).Select(column => $"{HarmlessText.Line(column)}: value"))} }}]",
        ];
        return string.Join('\n', lines) + "\n";
    }
}
