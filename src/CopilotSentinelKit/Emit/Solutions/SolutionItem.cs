using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit.Solutions;

/// <summary>A piece of content in a solution.</summary>
/// <param name="Content">The content.</param>
/// <param name="Kind">Its kind in a solution.</param>
/// <param name="Number">Its place among those of its kind, from 1.</param>
internal sealed record SolutionItem(ContentItem Content, SolutionKind Kind, int Number)
{
    /// <summary>The name of the variable that holds what the package repeats of it.</summary>
    public string Variable => FormattableString.Invariant($"{Kind.Variable}Object{Number}");

    /// <summary>Content Hub's id of it, within its solution.</summary>
    public string ContentId => Content switch
    {
        ParserFunction parser => parser.Alias + "-Parser",
        Workbook workbook => WorkbookKey(workbook),
        Watchlist list => list.Alias.Value,
        _ => Content.Guid.ToString(),
    };

    /// <summary>The path of its file in the solution's folder. Microsoft's packaging tool takes a watchlist's alias from the name of its file.</summary>
    public string Path => $"{Kind.Folder}/{(Content is Watchlist list ? list.Alias.Value : Content.FileName)}{Kind.Extension}";

    /// <summary>The key of a workbook among all of Content Hub's.</summary>
    public static string WorkbookKey(Workbook workbook) =>
        workbook.FileName.EndsWith("Workbook", StringComparison.Ordinal) ? workbook.FileName : workbook.FileName + "Workbook";

    /// <summary>A member of the variable.</summary>
    /// <param name="member">contentId, version, templateName, productId or resourceId.</param>
    public ArmExpression Value(string member) => new($"variables('{Variable}').{member}");

    /// <summary>The parameter that renames it: workbooks and watchlists have one.</summary>
    public ArmParameter Parameter => Content is Watchlist list
        ? new(FormattableString.Invariant($"watchlist{Number}-id"), "string", list.Alias.Value, $"Alias of the watchlist {list.Name.Value}; rules read it by this one.")
        : new(FormattableString.Invariant($"workbook{Number}-name"), "string", Content.Name.Value, "Name of the workbook.");

    /// <summary>The content of a solution, kind by kind, in the order that Content Hub lists it.</summary>
    /// <param name="items">Content; parsers in an order in which each comes after those it calls.</param>
    public static ImmutableArray<SolutionItem> Of(ImmutableArray<ContentItem> items) =>
    [
        .. from kind in SolutionKind.All
           let own = items.Where(item => ContentKind.Of(item).Name == kind.Name)
           let ordered = kind.Name == "Parser" ? own : own.OrderBy(item => item.FileName, StringComparer.Ordinal)
           from item in ordered.Select((item, index) => new SolutionItem(item, kind, index + 1))
           select item,
    ];
}

/// <summary>A kind of content in solutions.</summary>
/// <param name="Name">Its name in metadata, and in <see cref="ContentKind"/>.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Extension">The extension of its files.</param>
/// <param name="Code">Its two letters in names.</param>
/// <param name="Variable">What its variables start with.</param>
/// <param name="Words">What people call it.</param>
internal sealed record SolutionKind(string Name, string Folder, string Extension, string Code, string Variable, string Words)
{
    /// <summary>Its key in the solution's data.</summary>
    public string DataKey { get; private init; } = Folder;

    /// <summary>Every kind that the kit writes.</summary>
    public static ImmutableArray<SolutionKind> All { get; } =
    [
        new("Parser", "Parsers", ".yaml", "pr", "parser", "Data Parser"),
        new("Workbook", "Workbooks", ".json", "wb", "workbook", "Workbook"),
        new("AnalyticsRule", "Analytic Rules", ".yaml", "ar", "analyticRule", "Analytics Rule"),
        new("HuntingQuery", "Hunting Queries", ".yaml", "hq", "huntingQuery", "Hunting Query"),
        new("Watchlist", "Watchlists", ".json", "wl", "watchlist", "Watchlist"),
        new("SummaryRule", "Summary Rules", ".yaml", "sr", "summaryRule", "Summary Rule") { DataKey = "SummaryRules" },
    ];
}
