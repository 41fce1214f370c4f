using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Generate;

/// <summary>A query without what only readers need: white space around commas, pipes, brackets and comparisons and at the start of lines, and
/// long names of the kit's own. A rule's query may have 10,000 characters, and with its parsers in it some have few to spare.</summary>
internal static class TightQuery
{
    private const string Before = ",=|<>()";
    private const string After = ",=|<>)";

    /// <summary>What templates call the raw parts of a record, none of which a query gives, and what stands for it here.</summary>
    private static readonly ImmutableDictionary<string, string> Names = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("Record_", "r_"), KeyValuePair.Create("Event_", "e_"), KeyValuePair.Create("Settings_", "s_"), KeyValuePair.Create("Element_", "l_"),
        KeyValuePair.Create("Other_", "o_"), KeyValuePair.Create("Mine_", "m_"), KeyValuePair.Create("Turn_", "t_"), KeyValuePair.Create("Counts_", "c_"),
        KeyValuePair.Create("Order_", "d_"), KeyValuePair.Create("Side_", "i_"), KeyValuePair.Create("IsAlone_", "a_"), KeyValuePair.Create("Terms_", "w_"),
        KeyValuePair.Create("Read_", "f_"), KeyValuePair.Create("Key_", "k_"), KeyValuePair.Create("OfTurn_", "b_"),
    ]);

    public static Query Of(Query query)
    {
        var text = query.Text;
        var builder = new QueryBuilder();
        var (done, at) = (0, 0);
        foreach (var (start, length) in KqlComments.CommentsAndTexts(text).Append((text.Length, 0)))
        {
            while (at < start)
            {
                var end = at + 1;
                if (text[at] == '\n' && at > 0 && text[at - 1] == ',')
                {
                    builder.Append(query, done, at);
                    done = end;
                }
                else if (text[at] == ' ')
                {
                    while (end < text.Length && text[end] == ' ')
                    {
                        end++;
                    }

                    builder.Append(query, done, IsFree(text, at, end) ? at : at + 1);
                    done = end;
                }
                else if (IsOfName(text[at]))
                {
                    while (end < start && IsOfName(text[end]))
                    {
                        end++;
                    }

                    if (Names.TryGetValue(text[at..end], out var name))
                    {
                        builder.Append(query, done, at).Append(name);
                        done = end;
                    }
                }

                at = end;
            }

            at = start + length;
        }

        return builder.Append(query, done, text.Length).Build(query.Fallback);
    }

    // A word before a bracket stays apart from it: together they could be a call.
    private static bool IsFree(string text, int start, int end) =>
        start == 0 || text[start - 1] == '\n' || Before.Contains(text[start - 1])
        || (end < text.Length && (After.Contains(text[end]) || (text[end] == '(' && text[start - 1] == '~')));

    private static bool IsOfName(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';
}
