using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Content;

namespace CopilotSentinelKit.Foreign;

/// <summary>The content of a repository, found by path, by name, or by what other content calls; a file is read once, and only when it can matter.</summary>
internal sealed class ContentIndex
{
    private static readonly byte[][] SharedMarks = [.. new[] { "FunctionAlias", "functionAlias", "ParserName", "workspaces/tables", "/Watchlists", "/watchlists" }.Select(Encoding.UTF8.GetBytes)];

    private readonly RepositoryFiles _files;
    private readonly Dictionary<string, ImmutableArray<ContentItem>> _read = new(StringComparer.Ordinal);
    private readonly Lazy<ImmutableArray<ContentItem>> _shared;
    private readonly Lazy<Dictionary<string, ParserFunction>> _parsers;

    public ContentIndex(RepositoryFiles files)
    {
        _files = files;
        _shared = new(() => [.. files.Paths.Where(path => IsContent(path) && Holds(path, SharedMarks)).SelectMany(path => In(path)).Where(item => item is ParserFunction or CustomTable or Watchlist)]);
        _parsers = new(() => _shared.Value.OfType<ParserFunction>().Where(parser => !parser.Query.IsUnknown).DistinctBy(parser => parser.Alias).ToDictionary(parser => parser.Alias, StringComparer.Ordinal));
    }

    /// <summary>Custom tables and watchlists, which every query of the repository may read.</summary>
    public ImmutableArray<ContentItem> TablesAndWatchlists => [.. _shared.Value.Where(item => item is not ParserFunction)];

    /// <summary>The parser of a name, or null: one with an alias, else a file of KQL of that name.</summary>
    public ParserFunction? Parser(string name) => _parsers.Value.GetValueOrDefault(name)
        ?? (_files.Paths.FirstOrDefault(path => PlainQuery.Is(path) && Path.GetFileNameWithoutExtension(path) == name) is { } file && PlainQuery.Read(_files.Read(file)) is { } query
            ? PlainQuery.Parser(name, query)
            : null);

    /// <summary>The content of a file of the repository; what is wrong with it is for csk check to say.</summary>
    public ImmutableArray<ContentItem> In(string path)
    {
        if (!_read.TryGetValue(path, out var items))
        {
            items = PlainQuery.Is(path)
                ? PlainQuery.Read(_files.Read(path)) is { } query ? [PlainQuery.Hunt(Path.GetFileNameWithoutExtension(path), query)] : []
                : ContentReader.Read([_files.Read(path)]).Items;
            _read.Add(path, items);
        }

        return items;
    }

    /// <summary>Rules, hunts and parsers with this id, GUID, name or alias.</summary>
    public ImmutableArray<ContentItem> Named(string name)
    {
        byte[][] mark = [Encoding.UTF8.GetBytes(name)];
        return [.. _files.Paths.Where(path => IsContent(path) && Holds(path, mark)).SelectMany(path => In(path)).Where(item => IsCalled(item, name))];
    }

    /// <summary>Whether somebody may mean this item by a name.</summary>
    public static bool IsCalled(ContentItem item, string name) =>
        item.Id.Value.Equals(name, StringComparison.OrdinalIgnoreCase) || item.Name.Value == name || (item is ParserFunction parser && parser.Alias == name)
        || (Guid.TryParse(name, out var guid) && item.Guid == guid);

    /// <summary>Whether a path may be that of content.</summary>
    public static bool IsPath(string path) => IsContent(path) || PlainQuery.Is(path);

    private static bool IsContent(string path) => Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML" or ".JSON";

    private bool Holds(string path, byte[][] marks)
    {
        var bytes = _files.Read(path).Bytes.Span;
        foreach (var mark in marks)
        {
            if (bytes.IndexOf(mark) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
