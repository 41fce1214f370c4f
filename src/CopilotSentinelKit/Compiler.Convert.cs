using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Import;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit;

/// <content>Rules and hunts from one of Sentinel's forms to the other.</content>
public sealed partial class Compiler
{
    /// <summary>Writes rules and hunts in another form, by way of the spec that an import makes of each, so that what differs is found as it is there.</summary>
    /// <param name="shipped">Files of the shipped pack, whose mapping knows connectors.</param>
    /// <param name="content">The files, with any paths; each is asked for once.</param>
    /// <param name="format">YAML or ARM.</param>
    /// <param name="progress">Told what is being done; may be null.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="LanguageServiceException">A language service is missing or broken.</exception>
    public async Task<ConvertedContent> ConvertAsync(
        ImmutableArray<SpecFile> shipped, IEnumerable<SpecFile> content, OutputFormat format, IProgress<CompilerProgress>? progress, CancellationToken cancellation)
    {
        var read = Importer.Import([], [], content);
        var pack = Load(shipped, [], []);
        var items = ImmutableArray.CreateBuilder<ContentItem>();
        await foreach (var (analyzed, _) in new ForeignAnalysis(kql, WorkspaceSchema.Of(pack, catalog), pack?.Mapping.Sources ?? [], progress).RunAsync([.. read.Specs.Select(spec => spec.Written)], cancellation))
        {
            items.Add(analyzed.Item.WithDeclaredConnectors());
        }

        // The whole in one template is for content that belongs together.
        var files = ContentEmitter.Emit(items.DrainToImmutable(), [format]).Artifacts.Where(file => file.Path.Count(letter => letter == '/') > 1);
        return new(read, [.. files], read.Findings.AddRange(read.Specs.Select(spec => WithoutPlace(spec, format)).OfType<Finding>()).Sorted());
    }

    private static Finding? WithoutPlace(ImportedSpec spec, OutputFormat format)
    {
        var (kept, lost) = format == OutputFormat.Yaml ? (spec.Written.Further.Yaml, spec.Written.Further.Arm) : (spec.Written.Further.Arm, spec.Written.Further.Yaml);
        var fields = (lost?.Entries ?? []).Select(entry => entry.Key.Value).Except((kept?.Entries ?? []).Select(entry => entry.Key.Value), StringComparer.Ordinal).ToList();
        return fields.Count == 0 ? null : ImportFindings.NoPlace(spec.Item.Id.Span, spec.Item.Name.Value, format == OutputFormat.Yaml ? "YAML" : "ARM", fields);
    }
}

/// <summary>What a conversion gave.</summary>
/// <param name="Read">What was read.</param>
/// <param name="Files">The files, with their format as first folder.</param>
/// <param name="Findings">What differs, is lost or was not taken.</param>
public sealed record ConvertedContent(ImportResult Read, ImmutableArray<Artifact> Files, ImmutableArray<Finding> Findings);
