using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace CopilotSentinelKit.Kql.Evaluate.Matching;

/// <summary>Named sets of characters.</summary>
internal static class UnicodeSets
{
    // Letters by their property that are no letters by their category, marks left out: circled and squared ones.
    private static readonly CharacterSet EnclosedLetters = CharacterSet.Of([(0x24B6, 0x24E9), (0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189)]);
    private static readonly ConcurrentDictionary<string, CharacterSet?> Known = new(StringComparer.Ordinal);

    private static readonly Lazy<FrozenDictionary<int, int[]>> Folds = new(ReadFolds);

    private static readonly FrozenDictionary<string, UnicodeCategory[]> Categories = ReadCategories();

    private static readonly FrozenDictionary<string, CharacterSet> AsciiClasses = new Dictionary<string, CharacterSet>
    {
        ["alnum"] = CharacterSet.Of([('0', '9'), ('A', 'Z'), ('a', 'z')]),
        ["alpha"] = CharacterSet.Of([('A', 'Z'), ('a', 'z')]),
        ["ascii"] = CharacterSet.Ascii,
        ["blank"] = CharacterSet.Of([('\t', '\t'), (' ', ' ')]),
        ["cntrl"] = CharacterSet.Of([(0, 0x1F), (0x7F, 0x7F)]),
        ["digit"] = CharacterSet.Of([('0', '9')]),
        ["graph"] = CharacterSet.Of([('!', '~')]),
        ["lower"] = CharacterSet.Of([('a', 'z')]),
        ["print"] = CharacterSet.Of([(' ', '~')]),
        ["punct"] = CharacterSet.Of([('!', '/'), (':', '@'), ('[', '`'), ('{', '~')]),
        ["space"] = CharacterSet.Of([('\t', '\r'), (' ', ' ')]),
        ["upper"] = CharacterSet.Of([('A', 'Z')]),
        ["word"] = CharacterSet.Of([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]),
        ["xdigit"] = CharacterSet.Of([('0', '9'), ('A', 'F'), ('a', 'f')]),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What \d means.</summary>
    public static CharacterSet Digit => Find("nd")!;

    /// <summary>What \s means.</summary>
    public static CharacterSet Space { get; } = CharacterSet.Of(
        [(9, 13), (0x20, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000)]);

    /// <summary>What \w means: letters, marks, digits, connectors and what joins letters.</summary>
    public static CharacterSet Word => Known.GetOrAdd(
        @"\w",
        _ => Of([.. Categories["l"], .. Categories["m"], UnicodeCategory.LetterNumber, UnicodeCategory.DecimalDigitNumber, UnicodeCategory.ConnectorPunctuation])
            .Union(EnclosedLetters).Union(CharacterSet.Of([(0x200C, 0x200D)])))!;

    /// <summary>A class of POSIX such as alpha; null when there is none of that name.</summary>
    public static CharacterSet? FindAscii(string name) => AsciiClasses.GetValueOrDefault(name);

    /// <summary>A general category or script by its name, however that is spelled; null when it is not known here.</summary>
    public static CharacterSet? Find(string name)
    {
        var key = string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return Known.GetOrAdd(key, Read);
    }

    /// <summary>The set with the other cases of its letters.</summary>
    public static CharacterSet IgnoringCase(CharacterSet set)
    {
        const int few = 256;
        var isFew = set.Ranges.Sum(range => range.Last - range.First + 1) <= few;
        var codes = isFew ? set.Ranges.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1)) : Folds.Value.Keys.Where(set.Contains);
        return CharacterSet.Of(set.Ranges.Concat(codes.SelectMany(code => Folds.Value.GetValueOrDefault(code) ?? []).Select(code => (code, code))));
    }

    private static CharacterSet? Read(string key) => key switch
    {
        "any" => CharacterSet.Empty.Negated(),
        "assigned" => CharacterSet.Where(code => CharUnicodeInfo.GetUnicodeCategory(code) != UnicodeCategory.OtherNotAssigned),
        "ascii" => CharacterSet.Ascii,
        "whitespace" or "wspace" or "space" => Space,
        "uppercase" or "upper" => Find("lu")!.Union(CharacterSet.Of([(0x2160, 0x216F), (0x24B6, 0x24CF), (0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189)])),
        _ when Categories.TryGetValue(key, out var categories) => Of(categories),
        _ => Scripts.Find(key),
    };

    private static CharacterSet Of(UnicodeCategory[] categories) => CharacterSet.Where(code => Array.IndexOf(categories, CharUnicodeInfo.GetUnicodeCategory(code)) >= 0);

    private static FrozenDictionary<string, UnicodeCategory[]> ReadCategories()
    {
        (string Short, string Long, UnicodeCategory Category)[] all =
        [
            ("lu", "uppercaseletter", UnicodeCategory.UppercaseLetter), ("ll", "lowercaseletter", UnicodeCategory.LowercaseLetter), ("lt", "titlecaseletter", UnicodeCategory.TitlecaseLetter),
            ("lm", "modifierletter", UnicodeCategory.ModifierLetter), ("lo", "otherletter", UnicodeCategory.OtherLetter),
            ("mn", "nonspacingmark", UnicodeCategory.NonSpacingMark), ("mc", "spacingmark", UnicodeCategory.SpacingCombiningMark), ("me", "enclosingmark", UnicodeCategory.EnclosingMark),
            ("nd", "decimalnumber", UnicodeCategory.DecimalDigitNumber), ("nl", "letternumber", UnicodeCategory.LetterNumber), ("no", "othernumber", UnicodeCategory.OtherNumber),
            ("pc", "connectorpunctuation", UnicodeCategory.ConnectorPunctuation), ("pd", "dashpunctuation", UnicodeCategory.DashPunctuation), ("ps", "openpunctuation", UnicodeCategory.OpenPunctuation),
            ("pe", "closepunctuation", UnicodeCategory.ClosePunctuation), ("pi", "initialpunctuation", UnicodeCategory.InitialQuotePunctuation),
            ("pf", "finalpunctuation", UnicodeCategory.FinalQuotePunctuation), ("po", "otherpunctuation", UnicodeCategory.OtherPunctuation),
            ("sm", "mathsymbol", UnicodeCategory.MathSymbol), ("sc", "currencysymbol", UnicodeCategory.CurrencySymbol), ("sk", "modifiersymbol", UnicodeCategory.ModifierSymbol), ("so", "othersymbol", UnicodeCategory.OtherSymbol),
            ("zs", "spaceseparator", UnicodeCategory.SpaceSeparator), ("zl", "lineseparator", UnicodeCategory.LineSeparator), ("zp", "paragraphseparator", UnicodeCategory.ParagraphSeparator),
            ("cc", "control", UnicodeCategory.Control), ("cf", "format", UnicodeCategory.Format), ("co", "privateuse", UnicodeCategory.PrivateUse), ("cn", "unassigned", UnicodeCategory.OtherNotAssigned),
        ];
        (string Short, string Long)[] groups = [("l", "letter"), ("m", "mark"), ("n", "number"), ("p", "punctuation"), ("s", "symbol"), ("z", "separator"), ("c", "other")];
        UnicodeCategory[] cased = [UnicodeCategory.UppercaseLetter, UnicodeCategory.LowercaseLetter, UnicodeCategory.TitlecaseLetter];
        var result = new Dictionary<string, UnicodeCategory[]>(StringComparer.Ordinal) { ["lc"] = cased, ["casedletter"] = cased };
        foreach (var entry in all)
        {
            result[entry.Short] = result[entry.Long] = [entry.Category];
        }

        foreach (var group in groups)
        {
            result[group.Short] = result[group.Long] = [.. all.Where(entry => entry.Short[0] == group.Short[0]).Select(entry => entry.Category)];
        }

        return result.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // Letters whose capitals have the same small letter are the same but for their case.
    private static FrozenDictionary<int, int[]> ReadFolds()
    {
        const int lastWithCase = 0x1FFFF;
        return Enumerable.Range(0, lastWithCase + 1).Where(Rune.IsValid)
            .GroupBy(code => Rune.ToLowerInvariant(Rune.ToUpperInvariant(new(code))).Value)
            .Where(group => group.Count() > 1)
            .SelectMany(group => group.Select(code => (Code: code, Others: group.Where(other => other != code).ToArray())))
            .ToFrozenDictionary(entry => entry.Code, entry => entry.Others);
    }
}
