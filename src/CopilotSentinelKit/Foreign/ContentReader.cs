using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Foreign;

/// <summary>The Read stage of existing content: community YAML and ARM templates to content. Never throws on bad input.</summary>
public static class ContentReader
{
    /// <summary>The most bytes of a file that are worth reading; one more shows that it is too large.</summary>
    public const int MaxBytes = ForeignText.MaxBytes;

    /// <summary>Reads all files without a check of what is around their content.</summary>
    /// <param name="files">The files, which may be read from disk only here.</param>
    public static ForeignContent Read(IEnumerable<SpecFile> files) => Read(files, _ => []);

    /// <summary>Reads all files, in the order given; those that hold no content are counted and otherwise left alone.</summary>
    /// <param name="files">The files, which may be read from disk only here.</param>
    /// <param name="check">Checks each ARM template as a whole.</param>
    /// <param name="read">Told after each file; may be null.</param>
    internal static ForeignContent Read(IEnumerable<SpecFile> files, Func<ArmDocument, IEnumerable<Finding>> check, Action? read = null)
    {
        var findings = new List<Finding>();
        var items = ImmutableArray.CreateBuilder<ContentItem>();
        var parameters = new ParameterFiles();
        var (content, passed, specs) = (0, 0, 0);
        foreach (var file in files)
        {
            var before = (items.Count, findings.Count);
            specs += ReadFile(file, items, check, findings, parameters) ? 1 : 0;
            var holds = before != (items.Count, findings.Count);
            (content, passed) = holds ? (content + 1, passed) : (content, passed + 1);
            read?.Invoke();
        }

        findings.AddRange(parameters.Check());
        return new(items.DrainToImmutable(), findings.Sorted(), content, passed, specs);
    }

    private static bool ReadFile(
        SpecFile file, ImmutableArray<ContentItem>.Builder items, Func<ArmDocument, IEnumerable<Finding>> check, List<Finding> findings, ParameterFiles parameters)
    {
        if (ForeignText.Decode(file, findings) is not { } source)
        {
            return false;
        }

        if (file.PackPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            items.AddRange(ArmReader.Read(source, check, findings, parameters));
            return false;
        }

        var (item, isSpec) = CommunityReader.Read(source, findings);
        if (item is not null)
        {
            items.Add(item);
        }

        return isSpec;
    }
}
