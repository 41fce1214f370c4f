namespace CopilotSentinelKit.Kql.Evaluate.Expressions;

/// <summary>KQL's terms: the longest sequences of letters and digits in a text. An end of what is looked for that is no letter or digit
/// needs no border.</summary>
internal static class Terms
{
    public static bool Has(string text, string term, StringComparison comparison) => Find(text, term, comparison, before: true, after: true);

    public static bool HasPrefix(string text, string term, StringComparison comparison) => Find(text, term, comparison, before: true, after: false);

    public static bool HasSuffix(string text, string term, StringComparison comparison) => Find(text, term, comparison, before: false, after: true);

    private static bool Find(string text, string term, StringComparison comparison, bool before, bool after)
    {
        if (term.Length == 0)
        {
            return true;
        }

        before &= char.IsLetterOrDigit(term[0]);
        after &= char.IsLetterOrDigit(term[^1]);
        for (var start = 0; start <= text.Length - term.Length; start++)
        {
            start = text.IndexOf(term, start, comparison);
            if (start < 0)
            {
                return false;
            }

            var end = start + term.Length;
            if ((!before || start == 0 || !char.IsLetterOrDigit(text[start - 1])) && (!after || end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }
}
