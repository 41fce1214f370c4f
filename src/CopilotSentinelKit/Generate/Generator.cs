using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Diagnostics;
using CopilotSentinelKit.Kql;
using CopilotSentinelKit.Model;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Templates;

namespace CopilotSentinelKit.Generate;

/// <summary>The Generate stage: renders every query of the pack and makes Sentinel content of it.</summary>
internal static class Generator
{
    /// <summary>All content, parsers first in the order of the mapping; what could not be rendered is a finding and left out.</summary>
    public static async Task<GeneratedContent> GenerateAsync(
        Pack pack, TableCatalog catalog, ITemplateEngine templates, List<Diagnostic> findings, CancellationToken cancellation)
    {
        var parserSpecs = pack.Mapping.Parsers.Where(p => pack.Templates.Files.ContainsKey("parsers/" + p.Template.Value)).ToList();
        var parserTemplates = parserSpecs.Select(parser => ParserGenerator.Template(parser, pack, catalog));
        var detectionTemplates = pack.Detections.Select(detection => DetectionGenerator.Template(detection, pack.Templates));
        var workbookTemplates = pack.Workbooks.SelectMany(workbook => WorkbookGenerator.Sources(workbook.Spec)).Select(WorkbookGenerator.Template);
        ImmutableArray<QueryTemplate> all = [.. parserTemplates, .. detectionTemplates, .. workbookTemplates];
        var results = await templates.RenderAsync([.. all.Select(template => template.Request)], cancellation);
        var queries = all.Zip(results, (template, result) => template.Finish(result, findings)).ToList();

        ImmutableArray<ParserFunction> parsers =
        [
            .. from pair in parserSpecs.Zip(queries)
               where pair.Second is not null
               select ParserGenerator.Create(pair.First, pack.Mapping, pair.Second),
        ];
        var detections =
            from pair in pack.Detections.Zip(queries.Skip(parserSpecs.Count))
            where pair.Second is not null
            select DetectionGenerator.Create(pair.First, Place(pair.Second));
        var workbookQueries = new Queue<Query?>(queries.Skip(parserSpecs.Count + pack.Detections.Length));
        var workbooks = pack.Workbooks
            .Select(workbook => WorkbookGenerator.Create(workbook, [.. WorkbookGenerator.Sources(workbook.Spec).Select(_ => workbookQueries.Dequeue())], Place))
            .OfType<Workbook>();
        return new(parsers, [.. detections, .. pack.Watchlists.Select(w => WatchlistGenerator.Create(w, pack.Publisher)), .. workbooks]);

        Query Place(Query query) => pack.Parsers == ParserPlacement.Inline ? InlineParsers.Embed(query, parsers) : query;
    }
}

/// <summary>What the Generate stage made.</summary>
/// <param name="Parsers">The parser functions, in the order of the mapping.</param>
/// <param name="Items">All other content.</param>
internal sealed record GeneratedContent(ImmutableArray<ParserFunction> Parsers, ImmutableArray<ContentItem> Items);
