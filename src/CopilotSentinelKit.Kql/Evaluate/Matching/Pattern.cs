using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Kql.Evaluate.Matching;

/// <summary>A regular expression of Kusto's: leftmost matches, the first choice that leads to one, in a time that grows with the text.</summary>
internal sealed class Pattern
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
    private readonly PatternMachine _machine;
    private readonly Regex? _ascii;
    private readonly ImmutableArray<string?> _groups;

    private Pattern(PatternMachine machine, Regex? ascii, ImmutableArray<string?> groups) => (_machine, _ascii, _groups) = (machine, ascii, groups);

    /// <summary>How many groups capture something.</summary>
    public int GroupCount => _groups.Length - 1;

    /// <summary>Reads a regular expression.</summary>
    /// <exception cref="PatternException">It is none, or none that is known here.</exception>
    public static Pattern Read(string pattern)
    {
        var (tree, groups) = PatternParser.Parse(pattern);
        var machine = new PatternMachine(PatternProgram.Of(tree), 2 * groups.Length);
        return new(machine, AsciiPattern.Of(tree) is { } ascii ? Compiled(ascii) : null, groups);
    }

    /// <summary>A text as an expression that matches just it.</summary>
    public static string Quote(string text) => text.Aggregate(new StringBuilder(), (quoted, letter) => (@"\.+*?()|[]{}^$#&-~ ".Contains(letter, StringComparison.Ordinal) ? quoted.Append('\\') : quoted).Append(letter)).ToString();

    /// <summary>The number of a group by its name; null when there is none.</summary>
    public int? GroupOf(string name) => _groups.IndexOf(name) is > 0 and var number ? number : null;

    public bool IsMatch(string text) => _ascii is not null && Ascii.IsValid(text) ? _ascii.IsMatch(text) : _machine.Find(text, 0) is not null;

    /// <summary>The first match at or behind a place; null when there is none.</summary>
    public PatternMatch? Find(string text, int start = 0)
    {
        if (_ascii is null || !Ascii.IsValid(text))
        {
            return _machine.Find(text, start) is { } places ? new(text, places) : null;
        }

        var match = _ascii.Match(text, start);
        return match.Success ? new(text, [.. match.Groups.Values.SelectMany(group => group.Success ? new[] { group.Index, group.Index + group.Length } : [-1, -1])]) : null;
    }

    /// <summary>All matches that do not overlap; an empty one that touches the one before it is none.</summary>
    public IEnumerable<PatternMatch> Matches(string text)
    {
        var end = -1;
        for (var at = 0; at <= text.Length;)
        {
            if (Find(text, at) is not { } match)
            {
                yield break;
            }

            at = match.End > match.Start ? match.End : match.End + (match.End < text.Length && Rune.TryGetRuneAt(text, match.End, out var rune) ? rune.Utf16SequenceLength : 1);
            if (match.End > match.Start || match.Start != end)
            {
                yield return match;
            }

            end = match.End;
        }
    }

    /// <summary>The text with each match replaced.</summary>
    public string Replace(string text, Func<PatternMatch, string> replacement)
    {
        var result = new StringBuilder();
        var at = 0;
        foreach (var match in Matches(text))
        {
            result.Append(text, at, match.Start - at).Append(replacement(match));
            at = match.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    private static Regex? Compiled(string ascii)
    {
        try
        {
            return new(ascii, Options);
        }
        catch (NotSupportedException)
        {
            // It is larger than .NET's machine takes.
            return null;
        }
    }
}

/// <summary>Where a regular expression has matched.</summary>
/// <param name="Text">The text.</param>
/// <param name="Places">A start and an end of the match and of each group; -1 where a group took no part.</param>
internal sealed record PatternMatch(string Text, int[] Places)
{
    public int Start => Places[0];

    public int End => Places[1];

    /// <summary>The text of a group, 0 for all; empty when the group took no part.</summary>
    public string Group(int number) => number < Places.Length / 2 && Places[2 * number] is >= 0 and var start ? Text[start..Places[(2 * number) + 1]] : "";
}
