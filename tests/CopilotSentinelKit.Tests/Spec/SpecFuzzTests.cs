using System.Diagnostics;
using System.Text;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Tests.Spec;

/// <summary>Whatever stands in a file, reading ends soon and with findings, never with an exception.</summary>
public class SpecFuzzTests
{
    private static readonly string[] Pieces =
    [
        "\t", "\n", "\r\n", "\r", " ", "  ", "- ", "? ", ": ", ":", "[", "]", "{", "}", ",", "|\n", "|+2\n", ">-\n", "'", "\"", "#", "&a ", "*a", "<<: *a", "!!str ", "!<x> ",
        "%YAML 1.2\n", "---\n", "...\n", "~", "null", "\\", "\"\\uD800\"", "\"\\x00\"", "\"\\U00110000\"", "😀", "é", "@", "`", "- - - -", "0x1F", ".nan", "1e999",
        "99999999999999999999d", "id: ", "query: |\n  ", "parameters: ", "\u00A0", "\u2003",
    ];

    [TestCase(1), TestCase(2), TestCase(3), TestCase(4)]
    public void Mutated_specs_read_without_exception(int seed)
    {
        var random = new Random(seed);
        (string Path, string Text)[] samples =
        [
            ("rules/detections/a.yaml", Samples.Detection), ("rules/mapping.yaml", Samples.Mapping), ("kit.yaml", Samples.Kit), ("rules/watchlists/w.yml", Samples.Watchlist), ("rules/summaries/s.yaml", Samples.Summary), ("rules/automation/a.yaml", Samples.Automation),
            ("rules/workbooks/w.yaml", Samples.Workbook),
        ];
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 1000; i++)
        {
            var (path, text) = samples[random.Next(samples.Length)];
            var mutated = Mutate(text, random);
            try
            {
                SpecReader.Read([new(path, path, Encoding.UTF8.GetBytes(mutated))]);
            }
            catch (Exception exception)
            {
                throw new AssertionException($"{exception.GetType().Name} for:\n{mutated}\n{exception}", exception);
            }
        }

        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)));
    }

    [Test]
    public void Random_bytes_read_without_exception()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            Assert.That(() => SpecReader.Read([new("kit.yaml", "kit.yaml", bytes)]), Throws.Nothing);
        }
    }

    [TestCase("[", ""), TestCase("{a: ", ""), TestCase("- ", ""), TestCase("? ", ""), TestCase("[[a]: ", ""), TestCase("'", ""), TestCase("a: &a\n", ""), TestCase("|", ""), TestCase("\"\\", ""),
     TestCase("a", ": b"), TestCase("#", "\n"), TestCase(" ", ""), TestCase("a: *b\n", ""), TestCase("- a\n", ""), TestCase("!", ""), TestCase("%", ""), TestCase("&a ", ""), TestCase("\n", "x"), TestCase("*a ", ""),
     TestCase("- |\n a\n", ""), TestCase("? a\n", ""), TestCase("a: b: c", ""), TestCase("{", ""), TestCase("k: [a, ", ""), TestCase("k: {", "")]
    public void Much_of_one_thing_reads_quickly(string unit, string end)
    {
        var text = string.Concat(Enumerable.Repeat(unit, SpecText.MaxBytes / 4 / unit.Length)) + end;
        var clock = Stopwatch.StartNew();
        SpecReader.Read([new("kit.yaml", "kit.yaml", Encoding.UTF8.GetBytes(text))]);
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    private static string Mutate(string text, Random random)
    {
        var mutated = new StringBuilder(random.Next(4) == 0 ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text);
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var place = random.Next(mutated.Length);
            switch (random.Next(4))
            {
                case 0:
                    mutated.Remove(place, Math.Min(random.Next(1, 20), mutated.Length - place));
                    break;
                case 1:
                    mutated.Insert(place, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 2:
                    mutated[place] = (char)random.Next(32, 127);
                    break;
                default:
                    var from = random.Next(text.Length);
                    mutated.Insert(place, text.AsSpan(from, Math.Min(random.Next(40), text.Length - from)));
                    break;
            }

            if (mutated.Length == 0)
            {
                mutated.Append('x');
            }
        }

        return mutated.ToString();
    }
}
