using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Emit.Formats;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Preview;
using CopilotSentinelKit.Simulate;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing;

namespace CopilotSentinelKit;

/// <content>The site that describes a project.</content>
public sealed partial class Compiler
{
    /// <summary>The pages of a project: a site that needs neither a server nor a network.</summary>
    /// <param name="compilation">The project's, without an error.</param>
    /// <param name="shipped">Files of the shipped pack, with sample events.</param>
    /// <param name="project">Files of the project, with sample events; empty where there is no kit.yaml.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="LanguageServiceException">A language service is missing or broken.</exception>
    public async Task<Emission> DocsAsync(Compilation compilation, ImmutableArray<SpecFile> shipped, ImmutableArray<SpecFile> project, CancellationToken cancellation)
    {
        var pack = compilation.Pack ?? throw new ArgumentException("Nothing was compiled.", nameof(compilation));
        var findings = new List<Finding>();
        var content = TextContentOf(compilation, pack) with
        {
            Operations = TestedOperations.Of(pack, EventFiles.Of(shipped, project, findings), findings),
            Previews = await PreviewsAsync(compilation, shipped, project, findings, cancellation),
        };
        var files = TextFormats.Site(content, findings);
        return ContentEmitter.Emit([], [], files.AsSpan()) with { Findings = findings.Sorted() };
    }

    private async Task<ImmutableDictionary<Guid, WorkbookPreview>> PreviewsAsync(
        Compilation compilation, ImmutableArray<SpecFile> shipped, ImmutableArray<SpecFile> project, List<Finding> findings, CancellationToken cancellation)
    {
        if (compilation.Pack?.Simulation is not { } spec)
        {
            return ImmutableDictionary<Guid, WorkbookPreview>.Empty;
        }

        var options = SimulationOptions.ForPreview(spec);
        try
        {
            var shown = await WorkbooksAsync(compilation, shipped, project, options, findings, cancellation);
            return shown.ToImmutableDictionary(book => book.Workbook.Guid, book => WorkbookPreviews.Of(book, options));
        }
        catch (EvaluationException refused)
        {
            // All else on the site is as good without.
            var none = WorkbookPreviews.None(options, refused.Message);
            return compilation.Items.OfType<Workbook>().ToImmutableDictionary(book => book.Guid, _ => none);
        }
    }

    private static TextContent TextContentOf(Compilation compilation, ResolvedPack pack) =>
        new(pack, compilation.Items, () => ItemFacts.Of(pack, compilation.Items, compilation.Analyzed, Costs(compilation)));
}
