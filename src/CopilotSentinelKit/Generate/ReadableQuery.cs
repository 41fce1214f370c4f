using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Generate;

/// <summary>A query as a person reviews it: sums of two time spans are worked out, and lines that are too long are broken, at commas first, then
/// before "and" and "or", the outermost ones first.</summary>
internal static partial class ReadableQuery
{
    /// <summary>The longest line that stays as it is, in characters.</summary>
    private const int Width = 140;

    private const int Step = 4;

    public static Query Of(Query query) => Broken(Folded(query));

    private static Query Folded(Query query)
    {
        var builder = new QueryBuilder();
        var done = 0;
        foreach (var sum in KqlComments.InCode(query.Text, Sum().Matches(query.Text)))
        {
            var (first, second) = (Minutes(sum.Groups["a"].Value, sum.Groups["au"].Value), Minutes(sum.Groups["b"].Value, sum.Groups["bu"].Value));
            builder.Append(query, done, sum.Index + 1).Append(Literal(sum.Groups["sign"].Value == "+" ? first + second : first - second));
            done = sum.Index + sum.Length - 1;
        }

        return done == 0 ? query : builder.Append(query, done, query.Text.Length).Build(query.Fallback);
    }

    private static long Minutes(string number, string unit) => long.Parse(number, System.Globalization.CultureInfo.InvariantCulture) * unit switch { "d" => 1440, "h" => 60, _ => 1 };

    private static string Literal(long minutes) => minutes != 0 && minutes % 1440 == 0
        ? FormattableString.Invariant($"{minutes / 1440}d")
        : minutes != 0 && minutes % 60 == 0 ? FormattableString.Invariant($"{minutes / 60}h") : FormattableString.Invariant($"{minutes}m");

    private static Query Broken(Query query)
    {
        var text = query.Text;
        var breaks = new List<(int At, int Length, int Indent)>();
        var quiet = KqlComments.CommentsAndTexts(text).ToList();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var found ? found : text.Length;
            if (end - start > Width && text.AsSpan(start, end - start).IndexOfAnyExcept(' ') is >= 0 and var indent)
            {
                Break(text, Places(text, start + indent, end, quiet), start + indent, end, indent, breaks);
            }

            start = end + 1;
        }

        if (breaks.Count == 0)
        {
            return query;
        }

        var builder = new QueryBuilder();
        var done = 0;
        foreach (var (at, length, indent) in breaks.OrderBy(one => one.At))
        {
            builder.Append(query, done, at).Append("\n" + new string(' ', indent));
            done = at + length;
        }

        return builder.Append(query, done, text.Length).Build(query.Fallback);
    }

    // Breaks what stands between two offsets, the first of which is shown behind so much white space, into smaller parts; each may be too long again.
    private static void Break(string text, List<Place> line, int start, int end, int indent, List<(int At, int Length, int Indent)> breaks)
    {
        var inside = line.Where(place => place.At > start && place.At + place.Length < end).ToList();
        if (indent + end - start <= Width || inside.Count == 0)
        {
            return;
        }

        var depth = inside.Min(place => place.Depth);
        var outer = inside.Where(place => place.Depth == depth).ToList();
        var places = (outer.Exists(place => place.IsItem) ? outer.Where(place => place.IsItem) : outer).Select(place => (place.At, place.Length)).ToList();

        // Columns that are worked out stand in a line each, under their operator; names fill the lines.
        var head = Operator().Match(text[start..end]);
        var isList = places.Select(place => place.At + place.Length).Append(start + head.Length).Any(item => Assignment().IsMatch(text.AsSpan(item)));
        if (isList && head.Success)
        {
            places.Insert(0, (start + head.Length - 1, 1));
        }

        var (from, shown) = (start, indent);
        for (var i = 0; i < places.Count; i++)
        {
            var next = i + 1 < places.Count ? places[i + 1].At : end;
            if (isList || shown + next - from > Width)
            {
                Break(text, line, from, places[i].At, shown, breaks);

                // An operator of the query itself stands where the line before it starts.
                from = places[i].At + places[i].Length;
                shown = depth == 0 && text[from] == '|' ? indent : indent + Step;
                breaks.Add((places[i].At, places[i].Length, shown));
            }
        }

        Break(text, line, from, end, shown, breaks);
    }

    // Where a line can be broken: the white space there, how many brackets are open, and whether an item of a list follows.
    private static List<Place> Places(string text, int start, int end, List<(int Start, int Length)> quiet)
    {
        var places = new List<Place>();
        var depth = 0;
        var isSummary = text.AsSpan(start).StartsWith("| summarize ");
        for (var i = start; i < end; i++)
        {
            if (quiet.Find(part => part.Start == i) is { Length: > 0 } part)
            {
                i += part.Length - 1;
                continue;
            }

            depth += text[i] is '(' or '[' or '{' ? 1 : text[i] is ')' or ']' or '}' ? -1 : 0;
            var rest = text.AsSpan(i, end - i);
            if (text[i] == ',' && rest is [_, ' ', ..])
            {
                places.Add(new(i + 1, rest[1..].IndexOfAnyExcept(' ') is >= 0 and var spaces ? spaces : rest.Length - 1, depth, true));
            }
            else if (rest.StartsWith(" and ") || rest.StartsWith(" or "))
            {
                places.Add(new(i, 1, depth, false));
            }
            else if (rest.StartsWith(" | ") || (isSummary && depth == 0 && rest.StartsWith(" by ")))
            {
                places.Add(new(i, 1, depth, true));
            }
        }

        return places;
    }

    private readonly record struct Place(int At, int Length, int Depth, bool IsItem);

    [GeneratedRegex(@"\((?<a>[0-9]{1,6})(?<au>[dhm]) (?<sign>[+-]) (?<b>[0-9]{1,6})(?<bu>[dhm])\)")]
    private static partial Regex Sum();

    [GeneratedRegex(@"^\w+ = ")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^\| (extend|project|summarize) ")]
    private static partial Regex Operator();
}
