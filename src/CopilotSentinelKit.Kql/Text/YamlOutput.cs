using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>Writes a value as YAML: block style, two spaces, LF. Whatever reads it back gets the same strings.</summary>
internal static partial class YamlOutput
{
    // Words that YAML 1.1 or 1.2 readers take for a boolean or null.
    private static readonly HashSet<string> Reserved =
        new(["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"], StringComparer.OrdinalIgnoreCase);

    public static string Write(OutputMap root)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        // No line is folded: a width would break long strings at blanks and make every diff larger.
        var emitter = new YamlDotNet.Core.Emitter(text, new EmitterSettings(2, int.MaxValue, false, 1024, false, true, "\n"));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Write(emitter, root);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    /// <summary>A value as it stands behind the colon of a key: on the line, or on the lines below; no line end.</summary>
    public static string WriteValue(OutputNode node) => Write(OutputMap.Of(("k", node)))["k:".Length..].TrimEnd('\n').TrimStart(' ');

    private static void Write(YamlDotNet.Core.Emitter emitter, OutputNode node)
    {
        switch (node)
        {
            case OutputText { Value: var written, IsQuoted: var quoted }:
                // The library refuses half of a surrogate pair.
                var text = HarmlessText.Whole(written);
                emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, quoted ? ScalarStyle.SingleQuoted : StyleOf(text), true, true));
                break;
            case OutputNumber { Value: var number }:
                emitter.Emit(new Scalar(number.ToString(CultureInfo.InvariantCulture)));
                break;
            case OutputFlag { Value: var flag }:
                emitter.Emit(new Scalar(flag ? "true" : "false"));
                break;
            case OutputList { Items: var items }:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, true, items.IsEmpty ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in items)
                {
                    Write(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case OutputMap { Entries: var entries }:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, true, MappingStyle.Block));
                foreach (var (key, value) in entries)
                {
                    Write(emitter, key);
                    Write(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            default:
                throw new ArgumentException($"{node.GetType().Name} has no YAML form.", nameof(node));
        }
    }

    private static ScalarStyle StyleOf(string value) =>
        Plain().IsMatch(value) && !Reserved.Contains(value) ? ScalarStyle.Plain
        : value.AsSpan().ContainsAny("\n\"\\") && FitsBlock(value) ? ScalarStyle.Literal
        : ScalarStyle.DoubleQuoted;

    // A literal block shows lines, and the quotes and backslashes of KQL, as they are. It must survive editors that trim line ends, and readers that take NEL, LS and PS for
    // line breaks. Anything else is double-quoted with escapes.
    private static bool FitsBlock(string value) =>
        !char.IsWhiteSpace(value[0])
        && value[^1] != ' '
        && !value.EndsWith("\n\n", StringComparison.Ordinal)
        && !value.Contains(" \n", StringComparison.Ordinal)
        && !value.Contains("\t\n", StringComparison.Ordinal)
        && !value.Any(c => (char.IsControl(c) && c is not '\n' and not '\t') || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\uFEFF' or >= '\uFFFE');

    // Words and sentences of harmless characters that start with a letter, durations, X.Y.Z and GUIDs: none has another type in YAML.
    [GeneratedRegex(@"\A(?:[A-Za-z_](?:[A-Za-z0-9_ .,()/'+-]*[A-Za-z0-9_.,()/'+-])?|[0-9]+[mhd]|[0-9]+\.[0-9]+\.[0-9]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\z")]
    private static partial Regex Plain();
}
