using System.Collections.Immutable;
using System.Text;

namespace CopilotSentinelKit.Diagnostics;

/// <summary>The documentation of every finding, from the Markdown files beside this one; read when it is first asked for.</summary>
public static class FindingPages
{
    private const string Prefix = "Explain/";

    private static readonly Lazy<ImmutableSortedDictionary<string, FindingPage>> Pages = new(Load);

    /// <summary>All pages by code, in ordinal order.</summary>
    public static ImmutableArray<FindingPage> All => [.. Pages.Value.Values];

    /// <summary>The page of a code as findings write it, or null.</summary>
    public static FindingPage? Find(string code) => Pages.Value.GetValueOrDefault(code);

    /// <summary>The Markdown files: name and text, in the order of their names.</summary>
    internal static IEnumerable<(string Name, string Text)> Files()
    {
        var assembly = typeof(FindingPages).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            yield return (name[Prefix.Length..], reader.ReadToEnd().ReplaceLineEndings("\n"));
        }
    }

    // A broken page or two of one code are a broken build, which a test finds: they throw.
    private static ImmutableSortedDictionary<string, FindingPage> Load() =>
        Files().SelectMany(file => FindingPageReader.Read(file.Name, file.Text)).ToImmutableSortedDictionary(page => page.Code, page => page, StringComparer.Ordinal);
}
