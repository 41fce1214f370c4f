using static System.FormattableString;
using static CopilotSentinelKit.Kql.Text.UserText;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>Findings about files as text and as YAML (CSK0101 to CSK0119); those about keys and values are SpecFindings.</summary>
public static class YamlFindings
{
    /// <summary>A byte sequence is not UTF-8.</summary>
    public static Finding NotUtf8(SourceSpan span, int byteOffset) => Finding.Error(
        "CSK0101", span, Invariant($"The file is not UTF-8: byte {byteOffset} (counted from 0) is not part of a character. Save the file with the encoding UTF-8."));

    /// <summary>The file starts with the byte order mark of another encoding.</summary>
    public static Finding OtherEncoding(SourceSpan span, string encoding) => Finding.Error(
        "CSK0102", span, $"The file is {encoding}. Save it with the encoding UTF-8.");

    /// <summary>A character that YAML forbids or that its versions read differently.</summary>
    public static Finding ForbiddenCharacter(SourceSpan span, char character, int others) => Finding.Error(
        "CSK0103",
        span,
        Invariant($"The character U+{(int)character:X4} cannot stand in a YAML file. Remove it, or write it as \"\\u{(int)character:X4}\" in a text with double quotes.")
        + (others == 0 ? "" : Invariant($" The file has {others} more characters of this sort.")));

    /// <summary>The file is larger than the kit reads.</summary>
    public static Finding FileTooLarge(SourceSpan span, int limit) => Finding.Error(
        "CSK0104", span, Invariant($"The file has more than {limit} bytes, the most that the kit reads. Split it into smaller files."));

    /// <summary>Nothing but white space and comments.</summary>
    public static Finding EmptyFile(SourceSpan span) => Finding.Error(
        "CSK0105", span, "The file is empty. Write its keys and values, or delete the file.");

    /// <summary>The YAML parser cannot go on.</summary>
    public static Finding Syntax(SourceSpan span, string reason) => Finding.Error(
        "CSK0106", span, $"This is not YAML: {reason} The rest of the file was not read.");

    /// <summary>A tab where YAML wants spaces.</summary>
    public static Finding TabIndentation(SourceSpan span) => Finding.Error(
        "CSK0107", span, "The line is indented with a tab, which YAML does not allow. Use spaces. The rest of the file was not read.");

    /// <summary>A second YAML document.</summary>
    public static Finding SeveralDocuments(SourceSpan span) => Finding.Error(
        "CSK0108", span, "A second YAML document starts here, and the kit reads one a file. Move it to a file of its own.");

    /// <summary>A key that its map already has.</summary>
    public static Finding DuplicateKey(SourceSpan span, string key, SourceSpan first) => Finding.Error(
        "CSK0109", span, $"The key {Shown(key)} is already there in line {Line(first)}. Remove one of the two.").With(first, "first written here");

    /// <summary>An explicit YAML tag.</summary>
    public static Finding Tag(SourceSpan span, string tag) => Finding.Error(
        "CSK0110", span, $"The kit does not read YAML tags such as {Shown(tag)}. Remove it; put a text in quotes to keep it a text.");

    /// <summary>A key that is no text.</summary>
    public static Finding KeyNotText(SourceSpan span) => Finding.Error(
        "CSK0111", span, "A key must be a text on one line. Write it as \"name: value\".");

    /// <summary>A YAML 1.1 merge key.</summary>
    public static Finding MergeKey(SourceSpan span) => Finding.Error(
        "CSK0112", span, "The kit does not read merge keys (\"<<\"). Write the keys out, or use an alias for a whole value.");

    /// <summary>Nested deeper than the kit reads.</summary>
    public static Finding TooDeep(SourceSpan span, int limit) => Finding.Error(
        "CSK0113", span, Invariant($"Lists and maps are nested more than {limit} levels deep here. Nest them less. The rest of the file was not read."));

    /// <summary>Aliases that multiply.</summary>
    public static Finding TooManyAliases(SourceSpan span, int limit) => Finding.Error(
        "CSK0114", span, Invariant($"Aliases of this file stand for more than {limit} values. Write the values out. The rest of the file was not read."));

    /// <summary>An alias of nothing.</summary>
    public static Finding UnknownAlias(SourceSpan span, string name, IEnumerable<string> anchors) => Finding.Error(
        "CSK0115", span, $"No value before this alias has the anchor {Shown("&" + name)}.{Nearest.Hint(name, anchors)} Write the anchor before it, or put a text that starts with an asterisk in quotes.");

    private static int Line(SourceSpan span) => span.Position.Line;
}
