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
    /// <param name="pack">The project, with its templates.</param>
    /// <param name="items">The content.</param>
    /// <param name="formats">Formats wanted; those that are no text are passed over.</param>
    /// <param name="findings">Takes what is wrong with templates.</param>
    public static ImmutableArray<Artifact> Render(ResolvedPack pack, ImmutableArray<ContentItem> items, ImmutableArray<OutputFormat> formats, List<Finding> findings)
    {
        var templates = pack.Templates.Files
            .Select(file => OutputTemplate.Of(file.Key, file.Value))
            .OfType<OutputTemplate>()
            .Where(template => formats.Any(format => format.Name == template.Format))
            .ToImmutableArray();
        if (templates.IsEmpty)
        {
            return [];
        }

        ImmutableArray<(ContentItem Item, ScriptObject Model)> models = [.. items.Select(item => (item, OutputModel.Of(item)))];
        var files = templates.SelectMany(template => Requests(template, models, findings)).ToImmutableArray();
        var root = OutputModel.Root(pack, models);
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
