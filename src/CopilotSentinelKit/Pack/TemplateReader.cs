using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Pack;

/// <summary>Reads the files under templates/.</summary>
public static class TemplateReader
{
    private const string Folder = "templates/";
    private const string Extension = ".scriban";
    private const string Former = ".liquid";
    private const string Panels = "templates/workbooks/";

    /// <summary>The templates; a later file stands in for an earlier one of the same name.</summary>
    public static TemplateSet Read(ImmutableArray<SpecFile> files, List<Finding> findings)
    {
        var templates = ImmutableSortedDictionary.CreateBuilder<string, SourceFile>(StringComparer.Ordinal);
        foreach (var file in files.Where(file => file.PackPath.StartsWith(Folder, StringComparison.Ordinal)))
        {
            // Archetypes of workbooks are specs, which have been read.
            if (file.PackPath.StartsWith(Panels, StringComparison.Ordinal))
            {
                if (SpecRole.Of(file.PackPath) != SpecKind.Panel)
                {
                    findings.Add(WorkbookFindings.NotAnArchetype(new SourceFile(file.ShownPath, "").All));
                }

                continue;
            }

            var isFormer = file.PackPath.EndsWith(Former, StringComparison.Ordinal);
            if (!isFormer && !file.PackPath.EndsWith(Extension, StringComparison.Ordinal))
            {
                findings.Add(ModelFindings.NotATemplate(new SourceFile(file.ShownPath, "").All));
            }
            else if (SpecText.Decode(file.ShownPath, file.Bytes.Span, findings) is { } text)
            {
                // A checkout with Windows line ends must give the same queries; lines and columns stay the same.
                SourceFile template = new(text.Path, text.Text.Replace("\r\n", "\n", StringComparison.Ordinal));
                if (isFormer)
                {
                    findings.Add(TemplateFindings.LiquidFile(new(template, 0, 0)));
                }

                // Of a former name too: whatever uses the template is no mistake of its own.
                templates[Path.ChangeExtension(file.PackPath[Folder.Length..], null)] = template;
            }
        }

        return new(templates.ToImmutable());
    }
}
