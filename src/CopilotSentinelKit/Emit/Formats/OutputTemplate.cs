using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit.Formats;

/// <summary>A template of a format of text, by its path below templates/output.</summary>
/// <param name="Format">The format: the first folder.</param>
/// <param name="Path">The path of the file that it writes, below the folder of the format; in braces what it is written for each of.</param>
/// <param name="File">Its text.</param>
internal sealed partial record OutputTemplate(string Format, string Path, SourceFile File)
{
    /// <summary>The folder of the templates of the site.</summary>
    public const string Site = "site";

    /// <summary>rule, hunt, parser, watchlist, workbook, summary, automation, item, or null for a template that is written once.</summary>
    public string? Each { get; } = Braces().Match(Path) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Whether its name says where to write.</summary>
    public bool IsPath => Artifact.IsSafePath(PathFor("a")) && Path.Contains('.', StringComparison.Ordinal) && !Path.Contains(' ', StringComparison.Ordinal);

    /// <summary>A template from its name in the pack's set, or null when it is none of output.</summary>
    /// <param name="name">output/FORMAT/PATH.</param>
    /// <param name="file">Its text.</param>
    public static OutputTemplate? Of(string name, SourceFile file) =>
        name.Split('/', 3) is ["output", var format, var path] ? new(format, path, file) : null;

    /// <summary>A template of the site of csk docs from its name in the pack's set, or null when it is none.</summary>
    /// <param name="name">site/PATH.</param>
    /// <param name="file">Its text.</param>
    public static OutputTemplate? OfSite(string name, SourceFile file) =>
        name.Split('/', 2) is [Site, var path] ? new(Site, path, file) : null;

    /// <summary>Whether it is written for this item.</summary>
    public bool IsFor(ContentItem item) => Each is "item" || Each == EachOf(item);

    /// <summary>What stands in braces in the name of a template for this kind of item.</summary>
    public static string EachOf(ContentItem item) => item switch
    {
        AnalyticsRule => "rule",
        HuntingQuery => "hunt",
        ParserFunction => "parser",
        Watchlist => "watchlist",
        SummaryRule => "summary",
        AutomationRule => "automation",
        _ => "workbook",
    };

    /// <summary>The path in the output folder, for an item with this file name.</summary>
    public string PathFor(string fileName) => $"{Format}/{(Each is null ? Path : Path.Replace($"{{{Each}}}", fileName, StringComparison.Ordinal))}";

    [GeneratedRegex(@"\{(rule|hunt|parser|watchlist|workbook|summary|automation|item)\}")]
    private static partial Regex Braces();
}
