using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Foreign;

/// <summary>The Read stage of existing content: community YAML, ARM templates, and queries in files of KQL, text and Markdown, to content.
/// Never throws on bad input.</summary>
public static class ContentReader
{
    /// <summary>The most bytes of a file that are worth reading; one more shows that it is too large.</summary>
    public const int MaxBytes = ForeignText.MaxBytes;

    /// <summary>The most pieces of content of a file that are read: each is a query to analyse.</summary>
    internal const int MostItems = 1000;

    private static readonly string[] Extensions = [".yaml", ".yml", ".json", ".workbook", ".kql", ".csl", ".kusto", ".txt", ".md", ".markdown", ".bicep", ".tf"];

    /// <summary>Whether a file may hold content, by its name.</summary>
    public static bool MayRead(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) || DeploymentConfigFile.Is(path);

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
        var passed = ImmutableArray.CreateBuilder<PassedFile>();
        var parameters = new ParameterFiles();
        var configs = new List<SourceFile>();
        var paths = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var content = 0;
        foreach (var file in files)
        {
            var before = (items.Count, findings.Count, parameters.Count);
            paths.Add(file.ShownPath);
            if (DeploymentConfigFile.Is(file.PackPath))
            {
                configs.AddRange(ForeignText.Decode(file, findings) is { } config ? [config] : []);
                continue;
            }

            var reason = ReadFile(file, items, check, findings, parameters);
            if (items.Count - before.Item1 > MostItems)
            {
                findings.Add(CommunityFindings.TooManyItems(items[before.Item1 + MostItems].Name.Span, MostItems));
                items.RemoveRange(before.Item1 + MostItems, items.Count - before.Item1 - MostItems);
            }

            if (before != (items.Count, findings.Count, parameters.Count))
            {
                content++;
            }
            else
            {
                passed.Add(new(file.ShownPath, reason));
            }

            read?.Invoke();
        }

        findings.AddRange(parameters.Check());
        findings.AddRange(configs.SelectMany(config => DeploymentConfigFile.Check(config, paths)));
        return new(items.DrainToImmutable(), findings.Sorted(), content, passed.DrainToImmutable());
    }

    // Gives why the file was passed over, which matters only when nothing came of it.
    private static PassedReason ReadFile(
        SpecFile file, ImmutableArray<ContentItem>.Builder items, Func<ArmDocument, IEnumerable<Finding>> check, List<Finding> findings, ParameterFiles parameters)
    {
        var extension = Path.GetExtension(file.PackPath).ToUpperInvariant();
        if (extension is ".BICEP" or ".TF")
        {
            return extension == ".TF" ? PassedReason.Terraform : PassedReason.Bicep;
        }

        if (ForeignText.Decode(file, findings) is not { } source)
        {
            return PassedReason.TooLarge;
        }

        switch (extension)
        {
            case ".JSON" or ".WORKBOOK":
                items.AddRange(ArmReader.Read(source, check, findings, parameters));
                return JsonReason(source.Text);
            case ".MD" or ".MARKDOWN":
                items.AddRange(MarkdownReader.IsExample(file.PackPath) ? [] : MarkdownReader.Items(source));
                return MarkdownReader.IsExample(file.PackPath) ? PassedReason.Example : PassedReason.NoQuery;
            case ".TXT" when !BareKql.Looks(source.Text):
                return PassedReason.NoQuery;
            case ".TXT" or ".KQL" or ".CSL" or ".KUSTO":
                items.AddRange(PlainQuery.Items(source));
                return BareKql.Looks(source.Text) ? PassedReason.Gaps : PassedReason.NoQuery;
            default:
                var (found, reason) = CommunityReader.Read(source, findings);
                items.AddRange(found);
                return reason;
        }
    }

    private static PassedReason JsonReason(string text) =>
        text.Contains("deploymentTemplate.json", StringComparison.OrdinalIgnoreCase) ? PassedReason.Template
        : text.Contains("\"connectorUiConfig\"", StringComparison.Ordinal) || text.Contains("\"sampleQueries\"", StringComparison.Ordinal)
            || text.Contains("createUIDefinition", StringComparison.OrdinalIgnoreCase) || text.Contains("\"publisherId\"", StringComparison.Ordinal) ? PassedReason.Metadata
        : PassedReason.Other;
}
