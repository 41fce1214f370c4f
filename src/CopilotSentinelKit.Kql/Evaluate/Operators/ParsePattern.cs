using System.Text;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Evaluate.Matching;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>The pattern of parse as a regular expression with a group for each column.</summary>
/// <param name="Pattern">The expression.</param>
/// <param name="Columns">The columns, with the numbers of their groups.</param>
/// <param name="Otherwise">The same where a star takes as much as it can: of kind=regex the documents do not say whether it does. Null where there is no star.</param>
/// <param name="Open">The same, but free to stop before the end of the text: where both match differently, documents do not say what Kusto does.</param>
internal sealed record ParsePattern(Pattern Pattern, IReadOnlyList<(SchemaColumn Column, int Group)> Columns, Pattern? Otherwise, Pattern? Open)
{
    private const string LittleStar = "(?:.*?)";
    private const string MuchStar = "(?:.*)";

    public static ParsePattern Compile(Context context, SyntaxNode node)
    {
        var kind = node.Word("kind", "simple");
        var isRegex = kind == "regex";
        var flags = isRegex ? node.Word("flags", "") : "s";
        var items = node.Items("Patterns").ToList();
        var columns = new List<(SchemaColumn Column, int Group)>();
        var groups = 0;
        var pattern = new StringBuilder(flags.Length > 0 ? $"(?{flags})" : "").Append(@"\A");
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            switch (item.Kind)
            {
                case "StarExpression":
                    pattern.Append(LittleStar);
                    break;
                case "NameDeclaration":
                    columns.Add((new(item.Name(), KqlType.String), ++groups));
                    pattern.Append(isRegex ? "(.*)" : "(.*?)");
                    break;
                case "NameAndTypeDeclaration":
                    var type = KqlTypes.Find(item["Type"]!["Type"]?.Text) ?? throw context.UnknownForm(item, "this type of a column");
                    columns.Add((new(item["Name"]!.Name(), type), ++groups));
                    var isBeforeText = i + 1 == items.Count || IsText(items[i + 1]);
                    pattern.Append(Capture(type, kind) ?? (isBeforeText ? isRegex ? "(.*)" : "(.*?)" : throw context.UnknownForm(item, $"a {type.Name()} in parse that no text follows")));
                    break;
                default:
                    var text = ScalarCompiler.CompileKnown(context, item, "a text in the pattern of parse").Text;
                    groups += isRegex ? Patterns.Read(context, item, text).GroupCount : 0;
                    pattern.Append(isRegex ? $"(?:{text})" : Matching.Pattern.Quote(text));
                    break;
            }
        }

        var whole = pattern + (items[^1].Kind == "StarExpression" ? "" : @"\z");
        var other = whole.Replace(LittleStar, MuchStar, StringComparison.Ordinal);
        return new(
            Patterns.Read(context, node, whole),
            columns,
            isRegex && other != whole ? Patterns.Read(context, node, other) : null,
            IsText(items[^1]) ? Patterns.Read(context, node, pattern.ToString()) : null);
    }

    /// <summary>The values of the columns, or null when the text is none of this pattern.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isRelaxed">Whether a text that is no value of its column's type makes that column null, not the whole row.</param>
    public Value[]? Read(string text, bool isRelaxed)
    {
        if (Pattern.Find(text) is not { } match)
        {
            return Open?.IsMatch(text) != true
                ? null
                : throw EvaluationException.Of("A text goes on after the pattern of parse has ended, and what Kusto does then is not documented. End the pattern in *.");
        }

        if (Otherwise?.Find(text) is { } other && Columns.Any(column => other.Group(column.Group) != match.Group(column.Group)))
        {
            throw EvaluationException.Of("parse kind=regex finds something else in a text when its star takes as much as it can than when it takes little, and no document says which it does. Write a text before the column that is there once.");
        }

        var values = new Value[Columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Conversion.To(Columns[i].Column.Type, Value.Of(match.Group(Columns[i].Group)));
            if (values[i].IsNull && !isRelaxed)
            {
                return null;
            }
        }

        return values;
    }

    private static bool IsText(SyntaxNode item) => item.Kind.EndsWith("LiteralExpression", StringComparison.Ordinal);

    /// <summary>What a column of a type takes from the text; null for whatever stands before the next text. A relaxed one takes anything where it has to.</summary>
    private static string? Capture(KqlType type, string kind)
    {
        var form = type switch
        {
            KqlType.String => kind == "regex" ? ".*" : ".*?",
            KqlType.Int or KqlType.Long => "[-+]?[0-9]+",
            KqlType.Real or KqlType.Decimal => "[-+]?[0-9]+(?:[.][0-9]+)?(?:[eE][-+]?[0-9]+)?",
            KqlType.Bool => "true|false|True|False|0|1",
            KqlType.Guid => "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
            _ => null,
        };
        return form is null ? null
            : type == KqlType.String ? $"({form})"
            : kind == "regex" ? $"((?-U:{form}))"
            : kind == "relaxed" ? $"({form}|.*?)"
            : $"({form})";
    }
}
