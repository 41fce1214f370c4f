using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Fixes;

/// <summary>Which fixes are kept. The check here finds marks in a text: "x" becomes "y"; "b" is an error without a fix, which "a" becomes
/// when it is fixed; "m" hides an "x"; "l" stays as it is, whatever its fix does.</summary>
internal sealed class FixerTests
{
    [TestCase("x.x", "y.y", 2, 0, "")]
    [TestCase("", "", 0, 0, "")]
    [TestCase("a", "a", 0, 1, "A")]
    [TestCase("l", "l", 0, 1, "L")]
    [TestCase("x.a.x.l.x", "y.a.y.l.y", 3, 2, "A L")]
    [TestCase("m", "y", 2, 0, "")]
    [TestCase("x.m.x", "y.y.y", 4, 0, "")]
    [TestCase("b.x", "b.y", 1, 0, "B")]
    public async Task A_fix_is_kept_when_it_helps_and_harms_nothing(string text, string after, int done, int refused, string left)
    {
        var result = await RunAsync(text, _ => true);
        Assert.That(result.Texts.GetValueOrDefault("a.yaml", text), Is.EqualTo(after));
        Assert.That((result.Fixed.Length, result.Refused.Length), Is.EqualTo((done, refused)));
        Assert.That(string.Join(' ', result.Remaining.Select(finding => finding.Code)), Is.EqualTo(left));
    }

    [Test]
    public async Task Files_that_must_not_be_edited_are_left_alone()
    {
        var result = await RunAsync("x.x", _ => false);
        Assert.That(result.Texts, Is.Empty);
        Assert.That(result.Remaining, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Of_two_fixes_of_one_place_the_first_wins()
    {
        var file = new SourceFile("a.yaml", "12345");
        ImmutableArray<Finding> findings = [Finding("A", file, 0, 3, "x"), Finding("B", file, 2, 2, "z"), Finding("C", file, 4, 1, "")];
        var result = await new Fixer(_ => Task.FromResult<ImmutableArray<Finding>>([]), _ => true).RunAsync(findings);
        Assert.That(result.Texts["a.yaml"], Is.EqualTo("x4"));
        Assert.That(result.Fixed.Select(finding => finding.Code), Is.EqualTo(["A", "C"]));
    }

    [Test]
    public async Task A_fix_that_always_brings_another_comes_to_an_end()
    {
        var checks = 1;
        var result = await new Fixer(texts => Task.FromResult(Grow(texts.GetValueOrDefault("a.yaml", ""), checks++)), _ => true).RunAsync(Grow("", 0));
        Assert.That(checks, Is.LessThan(300));
        Assert.That(result.Texts["a.yaml"], Has.Length.GreaterThan(1).And.Length.LessThan(300));
    }

    [TestCase("abc", 0, 0, "x", 0, 3, "yz", "xyz")]
    [TestCase("abc", 3, 0, "!", 1, 1, "", "ac!")]
    public void Edits_are_made_in_order_of_their_places(string text, int start, int length, string first, int start2, int length2, string second, string made)
    {
        var file = new SourceFile("a.yaml", text);
        Assert.That(TextEdits.Apply(text, [new(new(file, start2, length2), second), new(new(file, start, length), first)]), Is.EqualTo(made));
    }

    private static ImmutableArray<Finding> Grow(string text, int code) => [Finding("N" + code, new("a.yaml", text), text.Length, 0, "n") with { Severity = FindingSeverity.Warning }];

    private static Task<FixResult> RunAsync(string text, Func<SourceFile, bool> mayEdit) =>
        new Fixer(texts => Task.FromResult(Check(texts.GetValueOrDefault("a.yaml", text))), mayEdit).RunAsync(Check(text));

    private static ImmutableArray<Finding> Check(string text)
    {
        var file = new SourceFile("a.yaml", text);
        return
        [
            .. text.Select((mark, index) => mark switch
            {
                'x' => Finding("X", file, index, 1, "y"),
                'a' => Finding("A", file, index, 1, "b"),
                'm' => Finding("M", file, index, 1, "x"),
                'l' => Finding("L", file, index, 1, "l"),
                'b' => Finding("B", file, index, 1, null),
                _ => null,
            }).OfType<Finding>(),
        ];
    }

    private static Finding Finding(string code, SourceFile file, int start, int length, string? text)
    {
        var span = new SourceSpan(file, start, length);
        return new(code, FindingSeverity.Error, span, $"{code} at {start}.") { Fix = text is null ? null : new("Write it", [new(span, text)]) };
    }
}
