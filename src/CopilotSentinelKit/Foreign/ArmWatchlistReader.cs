using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>Watchlists of templates, with the rows of their CSV.</summary>
internal static partial class ArmWatchlistReader
{
    private static readonly string[] ContentTypes = ["text/csv", "text/tsv"];

    /// <summary>The watchlist, or null when only the deployment knows its properties.</summary>
    public static Watchlist? Read(ArmResource resource)
    {
        resource.Keys.Require("a watchlist", "properties");
        if (resource.Properties is not { } keys)
        {
            return null;
        }

        keys.Require("a watchlist", "displayName", "provider", "itemsSearchKey");
        var alias = keys.TextOrNull("watchlistAlias");
        if (alias is { Value.Length: > 0 } written && resource.Name.Value.Length > 0 && written.Value != resource.Name.Value)
        {
            keys.Findings.Add(WatchlistFindings.AliasIsNotName(written.Span, written.Value, resource.Name.Value));
        }

        if (keys.TextOrNull("sourceType") is { Value: not ("Local" or "AzureStorage") } sourceType)
        {
            keys.Findings.Add(WatchlistFindings.SourceType(sourceType.Span, sourceType.Value));
        }

        var rows = ReadRows(keys);
        var header = rows.IsEmpty ? [] : rows[0];
        var key = keys.TextOrEmpty("itemsSearchKey");
        return new()
        {
            Origin = ContentOrigin.Arm,
            FileName = "",
            Guid = Guid.Empty,
            Id = alias ?? resource.Name,
            Version = new("", resource.Name.Span),
            Name = keys.TextOrEmpty("displayName"),
            Description = keys.TextOrEmpty("description"),
            Alias = alias ?? resource.Name,
            ResourceName = alias is { } own && resource.Name.Value.Length > 0 && own.Value != resource.Name.Value ? resource.Name : null,
            Provider = keys.TextOrEmpty("provider").Value,
            // Whether letter case counts is nowhere said, so it does not.
            SearchKey = header.IsEmpty ? new("", key.Span) : key.Select(name => header.Select(cell => cell.Value.Trim()).FirstOrDefault(cell => cell.Equals(name, StringComparison.OrdinalIgnoreCase), name)),
            Columns = [.. header.Select(cell => new Spanned<Column>(new(cell.Value.Trim(), "string"), keys.Text("rawContent")!.Locate(cell.Start, cell.Length)))],
            Rows = [.. rows.Skip(1).Where(row => row.Length == header.Length).Select(row => row.Select(cell => new Spanned<string>(cell.Value, keys.Text("rawContent")!.Locate(cell.Start, cell.Length))).ToImmutableArray())],
        };
    }

    private static ImmutableArray<ImmutableArray<CsvCell>> ReadRows(ArmMap keys)
    {
        if (keys.Text("rawContent") is not { } text || keys.IsUnknown("numberOfLinesToSkip"))
        {
            return [];
        }

        var contentType = keys.TextOrNull("contentType");
        if (contentType is { Value.Length: > 0 } written && !ContentTypes.Contains(written.Value, StringComparer.OrdinalIgnoreCase))
        {
            keys.Findings.Add(WatchlistFindings.ContentType(written.Span, written.Value));
        }

        var tabs = contentType?.Value.EndsWith("tsv", StringComparison.OrdinalIgnoreCase) == true;
        var (all, open) = CsvText.Read(text.Value, tabs ? '\t' : ',');
        var skip = keys.Integer("numberOfLinesToSkip");
        if (skip is { } lines && (lines.Value < 0 || (lines.Value > 0 && lines.Value >= all.Length)))
        {
            keys.Findings.Add(WatchlistFindings.LinesToSkip(lines.Span, lines.Value, all.Length));
        }

        var rows = all.Skip(Math.Max(0, skip?.Value ?? 0)).ToImmutableArray();
        if (open >= 0)
        {
            keys.Findings.Add(WatchlistFindings.CsvQuote(text.Locate(open, 1)));
        }
        else if (rows.Skip(1).FirstOrDefault(row => row.Length != rows[0].Length) is { IsDefault: false } odd)
        {
            keys.Findings.Add(WatchlistFindings.CsvRow(text.Locate(odd[0].Start, odd[^1].Start + odd[^1].Length - odd[0].Start), odd.Length, rows[0].Length));
        }

        CheckAddresses(text, keys.Findings);
        return rows;
    }

    private static void CheckAddresses(YamlText text, ICollection<Finding> findings)
    {
        var addresses = Address().Matches(text.Value).Where(match => !SampleDomain().IsMatch(match.Groups["domain"].Value)).ToList();
        if (addresses.Count > 0)
        {
            findings.Add(WatchlistFindings.PersonalData(text.Locate(addresses[0].Index, addresses[0].Length), addresses[0].Value, addresses.Count - 1));
        }
    }

    [GeneratedRegex(@"\b[A-Za-z0-9._%+-]{1,64}@(?<domain>[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})")]
    private static partial Regex Address();

    // The names that RFC 2606 keeps for examples, those of Microsoft's made-up companies, and what people write for "yours".
    [GeneratedRegex(@"(^|\.)(example|contoso\w*|fabrikam\w*|adatum|northwind\w*|woodgrove\w*|litware\w*|proseware|tailspin\w*|wingtip\w*|adventure-?works\w*|domain|company|test|sample|your\w*|my\w*)\.|\.(test|example|invalid|localhost|local)\z", RegexOptions.IgnoreCase)]
    private static partial Regex SampleDomain();
}
