using CopilotSentinelKit.Kql.Evaluate.Matching;

namespace CopilotSentinelKit.Tests.Evaluate;

/// <summary>Regular expressions as Kusto documents them.</summary>
internal sealed class MatchingTests
{
    [TestCase(@"\w+", "über", "über")]
    [TestCase(@"\d+", "x٣٤", "٣٤")]
    [TestCase(@"\s", "a\u00A0b", "\u00A0")]
    [TestCase(@"\bñ\w", "a ñu", "ñu")]
    [TestCase(@"(?-u:\w+)", "über", "ber")]
    [TestCase(@"^.$", "\U0001F511", "\U0001F511")]
    [TestCase(@"[\U{1F511}a]+", "x\U0001F511ay", "\U0001F511a")]
    [TestCase(@"\p{Lu}\p{Ll}", "éÉé", "Éé")]
    [TestCase(@"\pN+", "aⅧ½", "Ⅷ½")]
    [TestCase(@"\P{L}+", "ä1-", "1-")]
    [TestCase(@"\p{^L}+", "ä1-", "1-")]
    [TestCase(@"\p{Cyrillic}+", "pаypal", "а")]
    [TestCase(@"\p{sc=Greek}", "xω", "ω")]
    [TestCase("[[:alpha:]]+", "1äbc", "bc")]
    [TestCase("[[:^digit:]]+", "1äb2", "äb")]
    [TestCase("[x[^xyz]]+", "zxaby", "xab")]
    [TestCase("[a-y&&xyz]+", "zxya", "xy")]
    [TestCase("[0-9--4]+", "4567", "567")]
    [TestCase("[0-9&&[^4]]+", "4567", "567")]
    [TestCase("[a-g~~b-h]+", "bahc", "ah")]
    [TestCase("[^a-z&&b]+", "bxa", "xa")]
    [TestCase("[]a]+", "x]a", "]a")]
    [TestCase("[-a]+", "x-a", "-a")]
    [TestCase(@"[\]\-]+", "x]-", "]-")]
    [TestCase("(?i)STRASSE", "straſſe", "straſſe")]
    [TestCase("(?i)[k]", "\u212A", "\u212A")]
    [TestCase("(?i)a(?-i)b", "AbAB", "Ab")]
    [TestCase("(?s).+", "a\nb", "a\nb")]
    [TestCase(".+", "a\nb", "a")]
    [TestCase("(?m)^b$", "a\nb\nc", "b")]
    [TestCase("(?mR)^b$", "a\r\nb\r\nc", "b")]
    [TestCase("(?U)a+", "aaa", "a")]
    [TestCase("(?U)a+?", "aaa", "aaa")]
    [TestCase("(?x) a b # both", "ab", "ab")]
    [TestCase("a|ab", "ab", "a")]
    [TestCase("(?:a|ab)(?:c|bcd)", "abcd", "abcd")]
    [TestCase("a{2,3}?", "aaaa", "aa")]
    [TestCase("a**", "aa", "aa")]
    [TestCase("a++", "aa", "aa")]
    [TestCase(@"\b{start}b\w", "ab bc", "bc")]
    [TestCase(@"\w\>", "ab c", "b")]
    [TestCase(@"\b{end-half}.", "a-b", "-")]
    [TestCase(@"\x41\u0042\x{43}\104", "xABCD", "ABCD")]
    [TestCase(@"\-\/\""", "-/\"", "-/\"")]
    [TestCase("", "ab", "")]
    public void Finds(string pattern, string text, string found)
    {
        var match = Pattern.Read(pattern).Find(text);
        Assert.That(match?.Group(0), Is.EqualTo(found));
    }

    [TestCase(@"\bb\b", "äb")]
    [TestCase("a$", "a\n")]
    [TestCase("^b", "a\nb")]
    [TestCase(@"[a&&b]", "ab")]
    [TestCase("(?i)[^k]", "K")]
    public void Does_not_find(string pattern, string text) => Assert.That(Pattern.Read(pattern).IsMatch(text), Is.False);

    [TestCase("(?=a)", "looks around")]
    [TestCase("(?<!a)b", "looks around")]
    [TestCase(@"(a)\1", "back-reference")]
    [TestCase("(?P<a>x)(?P=a)", "back-reference")]
    [TestCase("(?>a)", "atomic")]
    [TestCase("*a", "nothing to repeat")]
    [TestCase("(a", "without an end")]
    [TestCase("a)", "not open")]
    [TestCase("[a", "without an end")]
    [TestCase("[b-a]", "upside down")]
    [TestCase("a{3,2}", "upside down")]
    [TestCase("a{x}", "count of repetitions")]
    [TestCase(@"\q", "escape")]
    [TestCase(@"\Z", "escape")]
    [TestCase("a\\", "backslash")]
    [TestCase("(?y)a", "flags")]
    [TestCase(@"\p{Klingon}", "not known")]
    [TestCase(@"\p{Lowercase}", "not known")]
    [TestCase("(?-u:.)", "half a character")]
    [TestCase("(?<a>x)(?<a>y)", "name of a group")]
    [TestCase("(((a{99}){99}){99}){99}", "too large")]
    public void Is_refused(string pattern, string why) =>
        Assert.That(() => Pattern.Read(pattern), Throws.TypeOf<PatternException>().With.Message.Contains(why));

    [Test]
    public void Groups_have_numbers_and_names()
    {
        var pattern = Pattern.Read("(?<year>[0-9]+)-([0-9]+)(x)?");
        var match = pattern.Find("on 2026-01")!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((pattern.GroupCount, pattern.GroupOf("year"), pattern.GroupOf("day")), Is.EqualTo((3, 1, (int?)null)));
            Assert.That((match.Group(0), match.Group(1), match.Group(2), match.Group(3)), Is.EqualTo(("2026-01", "2026", "01", "")));
        }
    }

    [TestCase("a*", "baac", "-b-c-")]
    [TestCase("x", "äxxb", "ä--b")]
    [TestCase("", "\U0001F511b", "-\U0001F511-b-")]
    public void Replaces_all_that_does_not_overlap(string pattern, string text, string expected) =>
        Assert.That(Pattern.Read(pattern).Replace(text, _ => "-"), Is.EqualTo(expected));

    [Test]
    public void Takes_no_more_time_for_many_ways([Values("a", "ä")] string letter)
    {
        var text = string.Concat(Enumerable.Repeat(letter, 2000)) + "!";
        Assert.That(Pattern.Read($"^({letter}+)+$").IsMatch(text), Is.False);
    }

    /// <summary>A text of ASCII is searched by .NET, any other by the machine here: both must find the same groups.</summary>
    [Test]
    public void Both_machines_agree()
    {
        const int count = 3000;
        var random = new Random(17);
        for (var i = 0; i < count; i++)
        {
            var (pattern, text) = (RandomPattern(random, 3), RandomText(random));
            var (tree, groups) = PatternParser.Parse(pattern);
            var machine = new PatternMachine(PatternProgram.Of(tree), 2 * groups.Length).Find(text, 0);
            Assert.That(Pattern.Read(pattern).Find(text)?.Places, Is.EqualTo(machine), $"{pattern} in {text}");
        }
    }

    private static string RandomText(Random random) => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "abB1 _\n"[random.Next(7)]));

    private static string RandomPattern(Random random, int depth)
    {
        string Inner() => RandomPattern(random, depth - 1);
        return (depth == 0 ? random.Next(6) : random.Next(12)) switch
        {
            0 => "a",
            1 => "(?i)b",
            2 => ".",
            3 => @"\w",
            4 => "[^a1]",
            5 => new[] { "^", "$", @"\b", @"\B", "(?m:^)", "(?m:$)" }[random.Next(6)],
            6 or 7 => Inner() + Inner(),
            8 => $"(?:{Inner()}|{Inner()})",
            9 => $"({Inner()})",
            _ => $"(?:{Inner()}){new[] { "*", "+", "?", "{1,3}", "*?", "+?", "??" }[random.Next(7)]}",
        };
    }
}
