using System.Globalization;

namespace CopilotSentinelKit.Diagnostics;

/// <summary>Findings of the Read stage, CSK01xx: this half is about files as text and as YAML.</summary>
public static partial class SpecDiagnostics
{
    /// <summary>A byte sequence is not UTF-8.</summary>
    public static Diagnostic NotUtf8(SourceSpan span, int byteOffset) => Diagnostic.Error(
        "CSK0101", span, Text($"The file is not UTF-8: byte {byteOffset} (counted from 0) is not part of a character. Save the file with the encoding UTF-8."));

    /// <summary>The file starts with the byte order mark of another encoding.</summary>
    public static Diagnostic OtherEncoding(SourceSpan span, string encoding) => Diagnostic.Error(
        "CSK0102", span, $"The file is {encoding}. Save it with the encoding UTF-8.");

    /// <summary>A character that YAML forbids or that its versions read differently.</summary>
    public static Diagnostic ForbiddenCharacter(SourceSpan span, char character, int others) => Diagnostic.Error(
        "CSK0103",
        span,
        Text($"The character U+{(int)character:X4} cannot stand in a YAML file. Remove it, or write it as \"\\u{(int)character:X4}\" in a text with double quotes.")
        + (others == 0 ? "" : Text($" The file has {others} more characters of this sort.")));

    /// <summary>The file is larger than the kit reads.</summary>
    public static Diagnostic FileTooLarge(SourceSpan span, int limit) => Diagnostic.Error(
        "CSK0104", span, Text($"The file has more than {limit} bytes, the most that the kit reads. Split it into smaller files."));

    /// <summary>Nothing but white space and comments.</summary>
    public static Diagnostic EmptyFile(SourceSpan span) => Diagnostic.Error(
        "CSK0105", span, "The file is empty. Write its keys and values, or delete the file.");

    /// <summary>The YAML parser cannot go on.</summary>
    public static Diagnostic Syntax(SourceSpan span, string reason) => Diagnostic.Error(
        "CSK0106", span, $"This is not YAML: {reason} The rest of the file was not read.");

    /// <summary>A tab where YAML wants spaces.</summary>
    public static Diagnostic TabIndentation(SourceSpan span) => Diagnostic.Error(
        "CSK0107", span, "The line is indented with a tab, which YAML does not allow. Use spaces. The rest of the file was not read.");

    /// <summary>A second YAML document.</summary>
    public static Diagnostic SeveralDocuments(SourceSpan span) => Diagnostic.Error(
        "CSK0108", span, "A second YAML document starts here, and the kit reads one a file. Move it to a file of its own.");

    /// <summary>A key that its map already has.</summary>
    public static Diagnostic DuplicateKey(SourceSpan span, string key, SourceSpan first) => Diagnostic.Error(
        "CSK0109", span, $"The key {Shown(key)} is already there in line {Line(first)}. Remove one of the two.").With(first, "first written here");

    /// <summary>An explicit YAML tag.</summary>
    public static Diagnostic Tag(SourceSpan span, string tag) => Diagnostic.Error(
        "CSK0110", span, $"The kit does not read YAML tags such as {Shown(tag)}. Remove it; put a text in quotes to keep it a text.");

    /// <summary>A key that is no text.</summary>
    public static Diagnostic KeyNotText(SourceSpan span) => Diagnostic.Error(
        "CSK0111", span, "A key must be a text on one line. Write it as \"name: value\".");

    /// <summary>A YAML 1.1 merge key.</summary>
    public static Diagnostic MergeKey(SourceSpan span) => Diagnostic.Error(
        "CSK0112", span, "The kit does not read merge keys (\"<<\"). Write the keys out, or use an alias for a whole value.");

    /// <summary>Nested deeper than the kit reads.</summary>
    public static Diagnostic TooDeep(SourceSpan span, int limit) => Diagnostic.Error(
        "CSK0113", span, Text($"Lists and maps are nested more than {limit} levels deep here. Nest them less. The rest of the file was not read."));

    /// <summary>Aliases that multiply.</summary>
    public static Diagnostic TooManyAliases(SourceSpan span, int limit) => Diagnostic.Error(
        "CSK0114", span, Text($"Aliases of this file stand for more than {limit} values. Write the values out. The rest of the file was not read."));

    /// <summary>An alias of nothing.</summary>
    public static Diagnostic UnknownAlias(SourceSpan span, string name, IEnumerable<string> anchors) => Diagnostic.Error(
        "CSK0115", span, $"No value before this alias has the anchor {Shown("&" + name)}.{Nearest.Hint(name, anchors)} Write the anchor before it, or put a text that starts with an asterisk in quotes.");

    private static int Line(SourceSpan span) => span.Position.Line;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
