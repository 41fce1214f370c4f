using System.Reflection;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Spec;

public class SpecFindingsTests
{
    private static readonly SourceSpan Place = new(new("a.yaml", "abc"), 0, 1);

    [Test]
    public void Each_finding_has_a_code_of_its_own_and_says_what_is_wrong()
    {
        // Those about files as text and YAML stand in the assembly of text, those about keys and values beside the other stages'.
        var factories = new[] { typeof(YamlFindings), typeof(SpecFindings) }
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(method => method.ReturnType == typeof(Finding))
            .ToList();
        var findings = factories.Select(factory => (Finding)factory.Invoke(null, [.. factory.GetParameters().Select(Sample)])!).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(findings, Has.Count.GreaterThan(40));
            Assert.That(findings.Select(finding => finding.Code), Is.Unique);
            Assert.That(findings.Select(finding => finding.Code), Has.All.Match("^CSK01[0-9]{2}$"));
            Assert.That(findings.Select(finding => finding.Message), Has.All.Length.GreaterThan(20));
        });
    }

    [TestCase("plain", "\"plain\"")]
    [TestCase("a\nb\u001B[31m\u2028", "\"a\\u000Ab\\u001B[31m\\u2028\"")]
    public void User_text_is_shown_harmless(string text, string shown) => Assert.That(UserText.Shown(text), Is.EqualTo(shown));

    [Test]
    public void Long_user_text_is_cut() => Assert.That(UserText.Shown(new string('x', 5000)), Has.Length.EqualTo(62).And.EndsWith("x…\""));

    private static object Sample(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(SourceSpan) => Place,
        var type when type == typeof(string) => "sample",
        var type when type == typeof(int) => 7,
        var type when type == typeof(long) => 7L,
        var type when type == typeof(char) => 'c',
        _ => new[] { "one", "two" },
    };
}
