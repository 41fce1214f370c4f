using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Pack;

/// <summary>Reads the files under templates/.</summary>
public static class TemplateReader
{
    private const string Folder = "templates/";

    /// <summary>The templates; a later file stands in for an earlier one of the same name.</summary>
    public static TemplateSet Read(ImmutableArray<SpecFile> files, List<Finding> findings)
    {
        var templates = ImmutableSortedDictionary.CreateBuilder<string, SourceFile>(StringComparer.Ordinal);
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files.Where(file => file.PackPath.StartsWith(Folder, StringComparison.Ordinal)))
        {
            var extension = TemplateSet.Extensions.FirstOrDefault(known => file.PackPath.EndsWith(known, StringComparison.Ordinal));
            if (extension is null)
            {
                findings.Add(ModelFindings.NotATemplate(new SourceFile(file.ShownPath, "").All));
            }
            else if (SpecText.Decode(file.ShownPath, file.Bytes.Span, findings) is { } text)
            {
                // A checkout with Windows line ends must give the same queries; lines and columns stay the same.
                SourceFile template = new(text.Path, text.Text.Replace("\r\n", "\n", StringComparison.Ordinal));
                templates[file.PackPath[Folder.Length..^extension.Length]] = template;
                if (!paths.Add(file.ShownPath[..^extension.Length]))
                {
                    findings.Add(TemplateFindings.TwoLanguages(new(template, 0, 0)));
                }
            }
        }

        return new(templates.ToImmutable());
    }
}
