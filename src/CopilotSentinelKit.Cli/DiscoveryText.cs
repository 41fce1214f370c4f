using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CopilotSentinelKit.Discover;

namespace CopilotSentinelKit.Cli;

/// <summary>What csk discover found, for people.</summary>
internal static class DiscoveryText
{
    public static string Of(Discovery found, int files, long faults)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{found.Records} audit records in {Counted.Of(files, "file")}{(faults > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {faults} could not be read") : "")}.\n");
        Table(text, "Members that the mapping does not know:", ["MEMBER", "RECORDS", "TYPE", "FIRST SEEN"], [.. found.Unknown.Select(member => Row(member, member.What))]);
        Table(text, "Types that are not those of the field:", ["MEMBER", "RECORDS", "TYPE", "FIELD", "FIRST SEEN"], [.. found.Disagreeing.Select(member => Row(member, member.What, member.Field!))]);
        Table(text, "Codes that have no name in the mapping:", ["MEMBER", "RECORDS", "CODE", "FIELD", "FIRST SEEN"], [.. found.OutsideList.Select(member => Row(member, member.What, member.Field!))]);
        if (!found.NeverSeen.IsEmpty && found.Records > 0)
        {
            text.Append("\nFields that none of these records has:\n").Append("  ").Append(Paragraph.Wrap(string.Join(", ", found.NeverSeen), 118, 2)).Append('\n');
        }

        text.Append("\nNext:\n");
        text.Append(found.Unknown.IsEmpty
            ? "  - The mapping knows every member of these records.\n"
            : "  - \"csk discover ... --suggest\" prints fields for a rules/mapping.yaml; until then the members are kept in AdditionalFields.\n");
        return text.ToString();
    }

    /// <summary>Where the records are that identify nobody, and what to look at before they are given away.</summary>
    public static string OfAnonymized(string file, Anonymizer anonymizer)
    {
        var kept = anonymizer.Kept.ToList();
        return $"  - {PackFolder.Shown(Path.GetFullPath(file))} has the records without what identifies. Read it before you give it away.\n"
            + (kept.Count == 0 ? "" : "  - " + Paragraph.Wrap(
                "Texts of these fields were kept, as the mapping does not call them personal; --replace FIELD replaces them too: "
                + string.Join(", ", kept.Select(field => $"{field.Field} ({field.Values})")), 116, 4) + "\n");
    }

    private static string[] Row(SeenMember member, params string[] more) =>
        [member.Path, member.Count.ToString(CultureInfo.InvariantCulture), .. more, string.Create(CultureInfo.InvariantCulture, $"{member.File}:{member.Line}")];

    private static void Table(StringBuilder text, string title, string[] head, ImmutableArray<string[]> rows)
    {
        if (!rows.IsEmpty)
        {
            text.Append('\n').Append(title).Append('\n').Append(TextTable.Of([head, .. rows.Select(row => row.Select(Safe).ToArray())], indent: 2));
        }
    }

    // Names of members come from outside: a terminal must not take them for commands.
    private static string Safe(string cell) => string.Concat(cell.Select(character => char.IsControl(character) ? '?' : character));
}
