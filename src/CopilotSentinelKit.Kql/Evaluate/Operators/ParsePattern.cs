using System.Text;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>The pattern of parse as a regular expression with a group for each column.</summary>
/// <param name="Regex">The expression.</param>
/// <param name="Columns">The columns, in the order of the groups.</param>
/// <param name="Greedy">The same where columns take as much as they can: of kind=regex the documents say that they do, and that they do not.</param>
/// <param name="Open">The same, but free to stop before the end of the text: where both match differently, documents do not say what Kusto does.</param>
internal sealed record ParsePattern(Regex Regex, List<SchemaColumn> Columns, Regex[] Greedy, Regex? Open)
{
    private const string LazyColumn = "(.*?)";
    private const string GreedyColumn = "(.*)";
    private const string LazyStar = "(?:.*?)";
    private const string GreedyStar = "(?:.*)";

    public static ParsePattern Compile(Context context, SyntaxNode node)
    {
        var isRegex = node.Word("kind", "simple") == "regex";
        var isLazy = node.Word("flags", "").Contains('U', StringComparison.Ordinal);
        var items = node.Items("Patterns").ToList();
        var columns = new List<SchemaColumn>();
        var pattern = new StringBuilder(Flags(context, node)).Append(@"\A");
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            switch (item.Kind)
            {
                case "StarExpression":
                    pattern.Append(LazyStar);
                    break;
                case "NameDeclaration":
                    columns.Add(new(item.Name(), KqlType.String));
                    pattern.Append(LazyColumn);
                    break;
                case "NameAndTypeDeclaration":
                    var type = KqlTypes.Find(item["Type"]!["Type"]?.Text) ?? throw context.UnknownForm(item, "this type of a column");
                    columns.Add(new(item["Name"]!.Name(), type));
                    var isBeforeText = i + 1 == items.Count || items[i + 1].Kind.EndsWith("LiteralExpression", StringComparison.Ordinal);
                    pattern.Append(Capture(type) ?? (isBeforeText ? LazyColumn : throw context.UnknownForm(item, $"a {type.Name()} in parse that no text follows")));
                    break;
                default:
                    var text = ScalarCompiler.CompileKnown(context, item, "a text in the pattern of parse").Text;
                    pattern.Append(isRegex ? Read(context, item, text, isLazy) : Regex.Escape(text));
                    break;
            }
        }

        var endsInText = items[^1].Kind.EndsWith("LiteralExpression", StringComparison.Ordinal);
        var options = RegexOptions.CultureInvariant | RegexOptions.Singleline;
        var whole = pattern + (items[^1].Kind == "StarExpression" ? "" : @"\z");
        var greedy = whole.Replace(LazyColumn, GreedyColumn, StringComparison.Ordinal);
        return new(
            new(whole, options),
            columns,
            isRegex && !isLazy ? [new(greedy, options), new(greedy.Replace(LazyStar, GreedyStar, StringComparison.Ordinal), options)] : [],
            endsInText ? new(pattern.ToString(), options) : null);
    }

    /// <summary>The values of the columns, or null when the text is none of this pattern.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isRelaxed">Whether a text that is no value of its column's type makes that column null, not the whole row.</param>
    public Value[]? Read(string text, bool isRelaxed)
    {
        var match = Regex.Match(text);
        if (!match.Success)
        {
            return Open?.IsMatch(text) != true
                ? null
                : throw EvaluationException.Of("A text goes on after the pattern of parse has ended, and what Kusto does then is not documented. End the pattern in *.");
        }

        if (Array.Exists(Greedy, other => !other.Match(text).Groups.Values.Skip(1).Select(group => group.Value).SequenceEqual(match.Groups.Values.Skip(1).Select(group => group.Value))))
        {
            throw EvaluationException.Of("parse kind=regex finds more in a text when its columns take as much as they can than when they take little, and documents say both. Write flags=U to take little.");
        }

        var values = new Value[Columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Conversion.To(Columns[i].Type, Value.Of(match.Groups[i + 1].Value));
            if (values[i].IsNull && !isRelaxed)
            {
                return null;
            }
        }

        return values;
    }

    private static string Flags(Context context, SyntaxNode node)
    {
        var flags = node.Word("flags", "").Replace("U", "", StringComparison.Ordinal);
        return flags.Length == 0 ? ""
            : flags.All(flag => flag is 'i' or 's') ? $"(?{flags})"
            : throw context.UnknownForm(node, $"parse with flags={flags}");
    }

    private static string Read(Context context, SyntaxNode node, string pattern, bool isLazy)
    {
        if (isLazy && pattern.AsSpan().IndexOfAny("*+?{") >= 0)
        {
            throw Refusals.UncertainRegex(context.Source, node, "the flag U, which turns quantifiers round");
        }

        var regex = Patterns.Read(pattern, out var difference);
        return regex is null || regex.GetGroupNumbers().Length > 1
            ? throw Refusals.UncertainRegex(context.Source, node, difference ?? "groups in the pattern of parse")
            : $"(?-s:{regex})";
    }

    private static string? Capture(KqlType type) => type switch
    {
        KqlType.String => LazyColumn,
        KqlType.Int or KqlType.Long => "([-+]?[0-9]+)",
        KqlType.Real or KqlType.Decimal => "([-+]?[0-9]+(?:[.][0-9]+)?(?:[eE][-+]?[0-9]+)?)",
        KqlType.Bool => "(true|false|True|False|0|1)",
        KqlType.Guid => "([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})",
        _ => null,
    };
}
