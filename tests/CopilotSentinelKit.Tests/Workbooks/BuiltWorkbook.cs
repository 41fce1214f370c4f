using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Generate;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Validate;

namespace CopilotSentinelKit.Tests.Workbooks;

/// <summary>A workbook taken through all stages against one parser and one watchlist.</summary>
internal sealed record BuiltWorkbook(Workbook? Content, ImmutableArray<Finding> Findings)
{
    private static readonly KqlSchema Schema = new(
        SharedHost.Catalog,
        [],
        [new("Events", [new("starttime", "datetime", "datetime(null)"), new("endtime", "datetime", "datetime(null)")],
            [new("TimeGenerated", "datetime"), new("ActorUpn", "string"), new("Count", "long"), new("More", "dynamic")])],
        [new("Labels", [new("Id", "string")])]);

    public static async Task<BuiltWorkbook> FromAsync(string yaml)
    {
        var findings = new List<Finding>();
        var file = SpecText.Decode("rules/workbooks/a.yaml", Encoding.UTF8.GetBytes(yaml), findings)!;
        var spec = WorkbookReader.Read(YamlReader.Read(file, findings)!, findings)!;
        var templates = WorkbookGenerator.Templates(spec).ToList();
        var rendered = TemplateEngine.Render([.. templates.Select(template => template.Request)], default);
        var queries = templates.Zip(rendered, (template, result) => template.Finish(result, findings)).ToImmutableArray();
        if (WorkbookGenerator.Create(new(spec, "test"), queries, query => query) is not { } workbook)
        {
            return new(null, [.. findings]);
        }

        var analyses = await SharedHost.Analyzer.AnalyzeAsync(Schema, [.. workbook.Queries.Select(query => new KqlRequest(query.Sample.Text, []))], null, default);
        findings.AddRange(Validator.Run([new AnalyzedContent(workbook, null) { Parts = analyses }], Schema));
        return new(workbook, [.. findings]);
    }

    /// <summary>A workbook of a time range, a user and the given end of the file.</summary>
    public static string With(string rest) => """
        id: a-book
        version: 1.0.0
        name: A book
        description: What it shows.
        parameters:
          TimeRange: { timeRange: [1d, 7d], default: 7d }
          User: { query: "Events({TimeRange:start}) | distinct ActorUpn", multiple: true, all: true }
        """ + "\n" + rest;
}
