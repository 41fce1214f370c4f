using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Findings.Policy;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Validate;

/// <summary>The files of a run as the policy of findings needs them.</summary>
internal static class JudgedFiles
{
    /// <summary>The files of content that people already have.</summary>
    public static ImmutableArray<JudgedFile> Of(ForeignContent content)
    {
        var ids = content.Items.ToLookup(item => item.Id.Span.File.Path, item => item.Id.Value, StringComparer.Ordinal);
        return
        [
            .. from source in content.Sources
               let found = ids[source.Path].Distinct(StringComparer.Ordinal).ToList()
               select new JudgedFile(source.Path, source) { Id = found is [var single] ? single : null, IsChecked = found.Count > 0 },
        ];
    }

    /// <summary>The files that findings may point into, a project's after the shipped ones.</summary>
    public static ImmutableArray<JudgedFile> Of(
        ImmutableArray<SpecFile> shipped, ImmutableArray<SpecFile> project, ResolvedPack pack, ImmutableArray<AnalyzedContent> items)
    {
        var ids = items.ToLookup(content => content.Item.Id.Span.File.Path, content => content.Item.Id.Value, StringComparer.Ordinal);
        var own = project.Select(file => file.ShownPath).ToHashSet(StringComparer.Ordinal);
        var texts = shipped.Concat(project)
            .Where(file => SpecRole.Of(file.PackPath) != SpecKind.None)
            .Select(file => (file.PackPath, Text: SpecText.Decode(file.ShownPath, file.Bytes.Span, [])))
            .Concat(pack.Templates.Files.Select(template => (PackPath: $"templates/{template.Key}{Path.GetExtension(template.Value.Path)}", Text: (SourceFile?)template.Value)));
        return
        [
            .. from file in texts
               where file.Text is not null
               let found = ids[file.Text.Path].Distinct(StringComparer.Ordinal).ToList()
               select new JudgedFile(file.PackPath, file.Text)
               {
                   Id = found is [var single] ? single : null,

                   // A shipped file is not its reader's to change, and of a disabled detection nothing was checked.
                   IsChecked = (own.Count == 0 || own.Contains(file.Text.Path))
                       && (found.Count > 0 || SpecRole.Of(file.PackPath) is SpecKind.None or SpecKind.Kit or SpecKind.Mapping or SpecKind.Panel),
               },
        ];
    }
}
