using System.Collections.Immutable;
using CopilotSentinelKit.Diagnostics;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Model;

/// <summary>Reads the files under templates/.</summary>
public static class TemplateReader
{
    private const string Folder = "templates/";
    private const string Extension = ".liquid";

    /// <summary>The templates; a later file stands in for an earlier one of the same name.</summary>
    public static TemplateSet Read(ImmutableArray<SpecFile> files, List<Diagnostic> findings)
    {
        var templates = ImmutableSortedDictionary.CreateBuilder<string, SourceFile>(StringComparer.Ordinal);
        foreach (var file in files.Where(file => file.PackPath.StartsWith(Folder, StringComparison.Ordinal)))
        {
            if (!file.PackPath.EndsWith(Extension, StringComparison.Ordinal))
            {
                findings.Add(ModelDiagnostics.NotATemplate(new SourceFile(file.ShownPath, "").All));
            }
            else if (SpecText.Decode(file.ShownPath, file.Bytes.Span, findings) is { } text)
            {
                // A checkout with Windows line ends must give the same queries; lines and columns stay the same.
                templates[file.PackPath[Folder.Length..^Extension.Length]] = new(text.Path, text.Text.Replace("\r\n", "\n", StringComparison.Ordinal));
            }
        }

        return new(templates.ToImmutable());
    }
}
