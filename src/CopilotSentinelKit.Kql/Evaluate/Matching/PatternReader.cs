using System.Globalization;
using System.Text;

namespace CopilotSentinelKit.Kql.Evaluate.Matching;

/// <summary>The flags of a part of a regular expression.</summary>
/// <param name="IgnoresCase">i.</param>
/// <param name="IsMultiline">m: ^ and $ know lines.</param>
/// <param name="DotIsAll">s: a dot matches line ends too.</param>
/// <param name="KnowsReturns">R: \r and \r\n end lines too.</param>
/// <param name="IsLazy">U: quantifiers take little, and much with a question mark.</param>
/// <param name="IsUnicode">u: on unless it is switched off.</param>
/// <param name="IsVerbose">x: white space and comments do not count.</param>
internal readonly record struct PatternFlags(
    bool IgnoresCase, bool IsMultiline, bool DotIsAll, bool KnowsReturns, bool IsLazy, bool IsUnicode, bool IsVerbose)
{
    /// <summary>The same with a flag switched on or off; null when there is no such flag.</summary>
    public PatternFlags? With(char flag, bool isOn) => flag switch
    {
        'i' => this with { IgnoresCase = isOn },
        'm' => this with { IsMultiline = isOn },
        's' => this with { DotIsAll = isOn },
        'R' => this with { KnowsReturns = isOn },
        'U' => this with { IsLazy = isOn },
        'u' => this with { IsUnicode = isOn },
        'x' => this with { IsVerbose = isOn },
        _ => null,
    };
}

/// <summary>Says why a text is no regular expression of Kusto's, or none that is known here.</summary>
internal sealed class PatternException(string message) : Exception(message)
{
    /// <summary>Whether Kusto's engine is known to refuse the pattern too, and not this one alone.</summary>
    public bool IsRefusedByEngine { get; private init; }

    /// <summary>What the documented syntax has no meaning for, while parsers that come with Sentinel use it: a brace or a bracket that stands for itself.</summary>
    public static PatternException Doubtful(string message) => new(message);

    /// <summary>A fault for which Kusto's engine refuses the pattern.</summary>
    public static PatternException Refused(string message) => new(message) { IsRefusedByEngine = true };
}

/// <summary>The characters of a regular expression, and the escapes that classes have too.</summary>
internal sealed class PatternReader
{
    private readonly int[] _codes;

    public PatternReader(string text) => _codes = [.. text.EnumerateRunes().Select(rune => rune.Value)];

    public int At { get; set; }

    public PatternFlags Flags { get; set; } = new(false, false, false, false, false, IsUnicode: true, false);

    public bool IsAtEnd => At >= _codes.Length;

    /// <summary>The character here; -1 at the end.</summary>
    public int Current => Ahead(0);

    public int Ahead(int count) => At + count < _codes.Length ? _codes[At + count] : -1;

    /// <summary>Goes on behind a text if it stands here.</summary>
    public bool TryTake(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (Ahead(i) != text[i])
            {
                return false;
            }
        }

        At += text.Length;
        return true;
    }

    public void Skip()
    {
        while (Flags.IsVerbose && !IsAtEnd && (UnicodeSets.Space.Contains(Current) || Current == '#'))
        {
            if (Current == '#')
            {
                while (!IsAtEnd && Current != '\n')
                {
                    At++;
                }
            }
            else
            {
                At++;
            }
        }
    }

    private static PatternException Missing(char end) => $"it has no \"{end}\" where one is needed" is var message && end == '}'
        ? PatternException.Doubtful(message)
        : PatternException.Refused(message);

    /// <summary>The text up to a character, which is passed over.</summary>
    public string Until(char end)
    {
        var text = new StringBuilder();
        while (Current != end)
        {
            text.Append(IsAtEnd ? throw Missing(end) : new Rune(Current).ToString());
            At++;
        }

        At++;
        return text.ToString();
    }

    /// <summary>A set that an escape such as \d or \p{L} stands for, behind the backslash; null when it is another.</summary>
    public CharacterSet? TakeSet()
    {
        var letter = Current;
        if (letter is 'p' or 'P')
        {
            At++;
            return Restricted(Property(), letter == 'P');
        }

        var set = letter switch
        {
            'd' or 'D' => Flags.IsUnicode ? UnicodeSets.Digit : UnicodeSets.FindAscii("digit"),
            's' or 'S' => Flags.IsUnicode ? UnicodeSets.Space : UnicodeSets.FindAscii("space"),
            'w' or 'W' => Flags.IsUnicode ? UnicodeSets.Word : UnicodeSets.FindAscii("word"),
            _ => null,
        };
        if (set is null)
        {
            return null;
        }

        At++;
        return Restricted(set, letter is 'D' or 'S' or 'W');
    }

    /// <summary>The character that an escape stands for, behind the backslash.</summary>
    public int TakeEscaped()
    {
        var letter = Current;
        At++;
        switch (letter)
        {
            case -1:
                throw new PatternException("it ends in a backslash");
            case 'x':
                return Hexadecimal(2);
            case 'u':
                return Hexadecimal(4);
            case 'U':
                return Hexadecimal(8);
            case '0' or (>= '1' and <= '7') when letter == '0' || (Ahead(0) is >= '0' and <= '7' && Ahead(1) is >= '0' and <= '7'):
                At--;
                return Octal();
            case >= '1' and <= '9':
                throw PatternException.Refused($"\\{(char)letter} is a back-reference, which Kusto's engine does not have");
        }

        var code = letter switch { 'a' => '\a', 'f' => '\f', 't' => '\t', 'n' => '\n', 'r' => '\r', 'v' => '\v', _ => -1 };
        return code >= 0 ? code
            : letter is '<' or '>' ? throw PatternException.Doubtful("it has a boundary of words")
            : letter < 128 && !char.IsAsciiLetterOrDigit((char)letter) ? letter
            : throw PatternException.Refused($"it has the escape \\{new Rune(letter)}, which Kusto's engine does not know");
    }

    /// <summary>The set as the flags want it: without Unicode only ASCII, and nothing that may match half a character.</summary>
    public CharacterSet Restricted(CharacterSet set, bool isNegated)
    {
        set = Flags.IgnoresCase ? UnicodeSets.IgnoringCase(set) : set;
        return Flags.IsUnicode ? isNegated ? set.Negated() : set
            : isNegated ? throw new PatternException("it denies characters without the flag u, which may match half a character")
            : set.Intersection(CharacterSet.Ascii);
    }

    // A name of one letter, or one in braces, perhaps with what kind of property it is.
    private CharacterSet Property()
    {
        var name = TryTake("{") ? Until('}') : new Rune(IsAtEnd ? throw new PatternException("it ends in \\p") : _codes[At++]).ToString();
        var isDenied = name.StartsWith('^');
        var parts = name.TrimStart('^').Split('=', ':');
        var set = (parts.Length == 1 || parts[0].ToLowerInvariant() is "gc" or "sc" or "script" or "generalcategory" or "general_category" ? UnicodeSets.Find(parts[^1]) : null)
            ?? throw new PatternException($"the characters of \\p{{{name}}} are not known to the evaluator");
        return isDenied ? set.Negated() : set;
    }

    private int Hexadecimal(int digits)
    {
        var isBraced = TryTake("{");
        var text = isBraced ? Until('}') : string.Concat(_codes.Skip(At).Take(digits).Select(code => new Rune(code)));
        At += isBraced ? 0 : text.Length == digits ? digits : throw new PatternException($"\"{text}\" is no hexadecimal code of a character");
        return int.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var found) && Rune.IsValid(found)
            ? found
            : throw new PatternException($"\"{text}\" is no hexadecimal code of a character");
    }

    private int Octal()
    {
        var code = 0;
        for (var i = 0; i < 3 && Current is >= '0' and <= '7'; i++, At++)
        {
            code = (code * 8) + Current - '0';
        }

        return code;
    }
}
