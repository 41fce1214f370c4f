using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings;

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
    private static IEnumerable<(string Name, string Text)> Files()
    {
        foreach (var name in typeof(FindingPages).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            yield return (name[Prefix.Length..], Encoding.UTF8.GetString(DataFile.Read(typeof(FindingPages).Assembly, name)).ReplaceLineEndings("\n"));
        }
    }

    // A broken page or two of one code are a broken build, which a test finds: they throw.
    private static ImmutableSortedDictionary<string, FindingPage> Load() =>
        Files().SelectMany(file => FindingPageReader.Read(file.Name, file.Text)).ToImmutableSortedDictionary(page => page.Code, page => page, StringComparer.Ordinal);
}
