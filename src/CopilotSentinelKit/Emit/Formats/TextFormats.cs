using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using Scriban.Runtime;

namespace CopilotSentinelKit.Emit.Formats;

/// <summary>Formats that are text: each is a folder of templates/output, rendered over <see cref="OutputModel"/>.</summary>
internal static class TextFormats
{
    /// <summary>The files of some formats. A template that is wrong gives a finding and no file; one that writes nothing but white space gives no file.</summary>
    /// <param name="content">The content, and what is known of it.</param>
    /// <param name="formats">Formats wanted; those that are no text are passed over.</param>
    /// <param name="findings">Takes what is wrong with templates.</param>
    public static ImmutableArray<Artifact> Render(TextContent content, ImmutableArray<OutputFormat> formats, List<Finding> findings) =>
        Render(content, OutputTemplate.Of, template => formats.Any(format => format.Name == template.Format), findings);

    /// <summary>The files of the site of csk docs.</summary>
    /// <param name="content">The content, and what is known of it.</param>
    /// <param name="findings">Takes what is wrong with templates.</param>
    public static ImmutableArray<Artifact> Site(TextContent content, List<Finding> findings) =>
        [.. Render(content, OutputTemplate.OfSite, _ => true, findings).Select(file => new Artifact(file.Path[(OutputTemplate.Site.Length + 1)..], file.Text, file.Source))];

    private static ImmutableArray<Artifact> Render(TextContent content, Func<string, SourceFile, OutputTemplate?> read, Func<OutputTemplate, bool> isWanted, List<Finding> findings)
    {
        var templates = content.Pack.Templates.Files.Select(file => read(file.Key, file.Value)).OfType<OutputTemplate>().Where(isWanted).ToImmutableArray();
        if (templates.IsEmpty)
        {
            return [];
        }

        var facts = content.Facts();
        ImmutableArray<(ContentItem Item, ScriptObject Model)> models = [.. content.Items.Select(item => (item, OutputModel.Of(item, facts[item], content.Previews.GetValueOrDefault(item.Guid))))];
        var files = templates.SelectMany(template => Requests(template, models, findings)).ToImmutableArray();
        var root = OutputModel.Root(content.Pack, models, content.Operations);
        var results = TemplateEngine.Render([.. files.Select(file => new RenderRequest(file.Template.File.Text, null, Values(root, file)) { Dialect = OutputDialects.Of(file.Path) })], CancellationToken.None);
        var artifacts = ImmutableArray.CreateBuilder<Artifact>();
        var faulty = new HashSet<OutputTemplate>();
        foreach (var (file, result) in files.Zip(results))
        {
            if (result.Error is { } error)
            {
                // Once, not for each of the items that it is rendered for.
                if (faulty.Add(file.Template))
                {
                    findings.Add(error.FindingAt(new(file.Template.File, error.Start, error.Length), OutputDialects.Of(file.Path)));
                }
            }
            else if (result.Text.Replace("\r", "", StringComparison.Ordinal).Trim('\n') is var text && !string.IsNullOrWhiteSpace(text))
            {
                artifacts.Add(new(file.Path, text + "\n", file.Source));
            }
        }

        return artifacts.ToImmutable();
    }

    private static IEnumerable<OutputFile> Requests(OutputTemplate template, ImmutableArray<(ContentItem Item, ScriptObject Model)> items, List<Finding> findings)
    {
        if (!template.IsPath)
        {
            findings.Add(TemplateFindings.OutputPath(template.Path, new(template.File, 0, 0)));
            return [];
        }

        return template.Each is null
            ? [new(template, template.PathFor(""), null, null)]
            : items.Where(item => template.IsFor(item.Item)).Select(item => new OutputFile(template, template.PathFor(item.Item.FileName), item.Item.Id.Span, item.Model));
    }

    private static ScriptObject Values(ScriptObject root, OutputFile file)
    {
        var values = new ScriptObject();
        root.CopyTo(values);
        if (file.Model is { } model)
        {
            values[file.Template.Each!] = model;
        }

        return values;
    }

    private sealed record OutputFile(OutputTemplate Template, string Path, SourceSpan? Source, ScriptObject? Model);
}

/// <summary>Content for templates of output.</summary>
/// <param name="Pack">The project, with its templates.</param>
/// <param name="Items">The content.</param>
/// <param name="Facts">What is known of each item; asked for only where a template is wanted, as it takes a look at every query.</param>
internal sealed record TextContent(ResolvedPack Pack, ImmutableArray<ContentItem> Items, Func<ImmutableDictionary<ContentItem, ItemFacts>> Facts)
{
    /// <summary>Operations of records, with what finds them.</summary>
    public ImmutableArray<OperationFacts> Operations { get; init; } = [];

    /// <summary>What workbooks show over simulated records, by GUID.</summary>
    public ImmutableDictionary<Guid, WorkbookPreview> Previews { get; init; } = ImmutableDictionary<Guid, WorkbookPreview>.Empty;
}
