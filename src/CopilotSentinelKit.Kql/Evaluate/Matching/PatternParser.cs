using System.Collections.Immutable;
using System.Globalization;

namespace CopilotSentinelKit.Kql.Evaluate.Matching;

/// <summary>Reads regular expressions in the syntax that Kusto documents: that of Rust's crate regex.</summary>
internal sealed class PatternParser
{
    private const int LargestCount = 10_000;
    private const int DeepestNesting = 250;
    private readonly PatternReader _reader;
    private readonly List<string?> _groups = [null];
    private int _depth;

    private PatternParser(string pattern) => _reader = new(pattern);

    /// <summary>The tree of a regular expression, and the names of its groups by their numbers.</summary>
    /// <exception cref="PatternException">It is none, or none that is known here.</exception>
    public static (PatternNode Tree, ImmutableArray<string?> Groups) Parse(string pattern)
    {
        var parser = new PatternParser(pattern);
        var tree = parser.Choice();
        return parser._reader.IsAtEnd ? (tree, [.. parser._groups]) : throw PatternException.Refused("it closes a group that is not open");
    }

    private PatternNode Choice()
    {
        if (++_depth > DeepestNesting)
        {
            throw new PatternException("its groups are nested too deep");
        }

        var parts = new List<PatternNode> { Sequence() };
        while (_reader.TryTake("|"))
        {
            parts.Add(Sequence());
        }

        _depth--;
        return parts.Count == 1 ? parts[0] : new Choice([.. parts]);
    }

    private PatternNode Sequence()
    {
        var parts = new List<PatternNode>();
        for (_reader.Skip(); !_reader.IsAtEnd && _reader.Current is not ('|' or ')'); _reader.Skip())
        {
            if (Part() is { } part)
            {
                parts.Add(Repeated(part));
            }
        }

        return parts.Count == 1 ? parts[0] : new Sequence([.. parts]);
    }

    /// <summary>One part without what repeats it; null when only flags were set.</summary>
    private PatternNode? Part()
    {
        switch (_reader.Current)
        {
            case '(':
                return Group();
            case '[':
                return new Character(ClassParser.Parse(_reader));
            case '{':
                throw PatternException.Doubtful("it has \"{\" with nothing to repeat");
            case '*' or '+' or '?':
                throw PatternException.Refused($"it has \"{(char)_reader.Current}\" with nothing to repeat");
        }

        var code = _reader.Current;
        _reader.At++;
        return code switch
        {
            '.' => Dot(),
            '^' => At(!Flags.IsMultiline ? PlaceKind.Start : Flags.KnowsReturns ? PlaceKind.AnyLineStart : PlaceKind.LineStart),
            '$' => At(!Flags.IsMultiline ? PlaceKind.End : Flags.KnowsReturns ? PlaceKind.AnyLineEnd : PlaceKind.LineEnd),
            '\\' => Escape(),
            _ => Literal(code),
        };
    }

    private PatternFlags Flags => _reader.Flags;

    private static Place At(PlaceKind kind) => new(kind, CharacterSet.Empty);

    private Place AtWord(PlaceKind kind) => new(kind, Flags.IsUnicode ? UnicodeSets.Word : UnicodeSets.FindAscii("word")!);

    private Character Literal(int code) => new(Flags.IgnoresCase ? UnicodeSets.IgnoringCase(CharacterSet.Single(code)) : CharacterSet.Single(code));

    private Character Dot()
    {
        var excluded = Flags.DotIsAll ? CharacterSet.Empty : Flags.KnowsReturns ? CharacterSet.Of([('\n', '\n'), ('\r', '\r')]) : CharacterSet.Single('\n');
        return Flags.IsUnicode ? new(excluded.Negated()) : throw new PatternException("it has a dot without the flag u, which may match half a character");
    }

    private PatternNode Escape()
    {
        if (_reader.TakeSet() is { } set)
        {
            return new Character(set);
        }

        var letter = _reader.Current;
        PatternNode? place = letter switch
        {
            'A' => At(PlaceKind.Start),
            'z' => At(PlaceKind.End),
            'B' => AtWord(PlaceKind.NoWordBorder),
            '<' => AtWord(PlaceKind.WordStart),
            '>' => AtWord(PlaceKind.WordEnd),
            'b' => AtWord(PlaceKind.WordBorder),
            _ => null,
        };
        if (place is null)
        {
            return Literal(_reader.TakeEscaped());
        }

        _reader.At++;
        return letter != 'b' ? place
            : _reader.TryTake("{start}") ? AtWord(PlaceKind.WordStart)
            : _reader.TryTake("{end}") ? AtWord(PlaceKind.WordEnd)
            : _reader.TryTake("{start-half}") ? AtWord(PlaceKind.WordStartHalf)
            : _reader.TryTake("{end-half}") ? AtWord(PlaceKind.WordEndHalf)
            : place;
    }

    private PatternNode? Group()
    {
        _reader.At++;
        if (_reader.TryTake("?=") || _reader.TryTake("?!") || _reader.TryTake("?<=") || _reader.TryTake("?<!"))
        {
            throw PatternException.Refused("it looks around with (?=, (?!, (?<= or (?<!, which Kusto's engine does not have");
        }

        if (_reader.TryTake("?P=") || _reader.TryTake("?>") || _reader.TryTake("?'"))
        {
            throw PatternException.Refused("it has a back-reference, an atomic group or a name in quotes, which Kusto's engine does not have");
        }

        var flags = Flags;
        if (_reader.TryTake("?P<") || _reader.TryTake("?<"))
        {
            return Closed(Named(_reader.Until('>')), flags);
        }

        if (_reader.TryTake("?"))
        {
            return TakeFlags() ? Closed(0, flags) : null;
        }

        return Closed(Named(null), flags);
    }

    /// <summary>The inside of a group, whose flags end with it; a group of the number 0 captures nothing.</summary>
    private PatternNode Closed(int number, PatternFlags flags)
    {
        var inner = Choice();
        if (!_reader.TryTake(")"))
        {
            throw PatternException.Refused("it has a group without an end");
        }

        _reader.Flags = flags;
        return number > 0 ? new Capture(inner, number) : inner;
    }

    private int Named(string? name)
    {
        if (name is not null && (name.Length == 0 || (name[0] != '_' && !char.IsLetter(name[0])) || !name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '.' or '[' or ']') || _groups.Contains(name)))
        {
            throw new PatternException($"\"{name}\" is no name of a group, or that of two");
        }

        _groups.Add(name);
        return _groups.Count - 1;
    }

    /// <summary>Reads flags, and tells whether a group with them begins.</summary>
    private bool TakeFlags()
    {
        var (flags, isOn, count) = (Flags, true, 0);
        while (_reader.Current is not (':' or ')'))
        {
            if (_reader.Current == '-' && isOn)
            {
                isOn = false;
            }
            else
            {
                flags = (_reader.IsAtEnd ? null : flags.With((char)_reader.Current, isOn)) ?? throw new PatternException("it has flags that Kusto's engine does not know");
                count++;
            }

            _reader.At++;
        }

        var beginsGroup = _reader.Current == ':';
        if ((count == 0 && !beginsGroup) || (!isOn && _reader.Ahead(-1) == '-'))
        {
            throw new PatternException("it has flags that Kusto's engine does not know");
        }

        _reader.At++;
        _reader.Flags = flags;
        return beginsGroup;
    }

    private PatternNode Repeated(PatternNode part)
    {
        for (_reader.Skip(); _reader.Current is '*' or '+' or '?' or '{'; _reader.Skip())
        {
            var sign = _reader.Current;
            _reader.At++;
            var (least, most) = sign switch { '*' => (0, null), '+' => (1, null), '?' => (0, 1), _ => Counts() };
            _reader.Skip();
            part = new Repetition(part, least, most, _reader.TryTake("?") != Flags.IsLazy);
        }

        return part;
    }

    private (int Least, int? Most) Counts()
    {
        var counts = _reader.Until('}').Split(',');
        var least = Count(counts[0]);
        int? most = counts.Length == 1 ? least : counts[1].Trim().Length == 0 ? null : Count(counts[1]);
        return counts.Length <= 2 && !(most < least) ? (least, most) : throw new PatternException("it has a count of repetitions that is upside down");

        static int Count(string text) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= LargestCount
            ? count
            : throw new PatternException($"\"{text}\" is no count of repetitions, or a very large one");
    }
}
