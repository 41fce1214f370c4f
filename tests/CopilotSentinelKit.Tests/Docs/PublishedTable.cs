using System.Text.RegularExpressions;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Docs;

/// <summary>The forms of records that were published, and the test of each: those of the files published-*.yaml, whose names end with who published it.</summary>
internal static partial class PublishedTable
{
    /// <summary>The table, in Markdown.</summary>
    /// <param name="document">Says in a list who the publishers are; each name there must stand behind a test, and no other may.</param>
    public static string Of(string document)
    {
        var publishers = Publisher().Matches(document).Select(match => match.Groups[1].Value).ToList();
        var examples = ShippedPack.Specs.Tests.Where(file => FileOf(file.For.Span.File.Path).StartsWith("published-", StringComparison.Ordinal))
            .SelectMany(file => file.Tests.Select(test => (File: FileOf(file.For.Span.File.Path), Name: NameAndSources().Match(test.Name.Value), Written: test.Name.Value)))
            .ToList();
        Assert.That(examples.Where(example => !example.Name.Success).Select(example => example.Written), Is.Empty, "Tests that do not say who published their records.");
        Assert.That(examples.SelectMany(example => example.Name.Groups["sources"].Value.Split(", ")).Distinct(), Is.EquivalentTo(publishers));
        return $"{examples.Count} forms.\n\n| form | published by | tests of |\n|---|---|---|\n"
            + string.Concat(examples.Select(example => $"| {example.Name.Groups["form"].Value} | {example.Name.Groups["sources"].Value} | `{example.File}` |\n"));
    }

    private static string FileOf(string path) => Path.GetFileName(path);

    [GeneratedRegex(@"(?m)^- \*\*(\w+)\*\*: ")]
    private static partial Regex Publisher();

    [GeneratedRegex(@"^(?<form>.+) \((?<sources>[A-Za-z0-9]+(, [A-Za-z0-9]+)*)\)$")]
    private static partial Regex NameAndSources();
}
