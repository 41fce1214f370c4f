using System.Reflection;
using CopilotSentinelKit.Cli.Cache;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Tests.Findings;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Explain;

/// <summary>The pages that explain findings against the factories that make them, and their examples against the compiler.</summary>
internal sealed class FindingPageTests
{
    private static readonly string[] Words = ["Azure-Sentinel CI", "contentctl", "elastic detection-rules", "Sigma", "pySigma", "Sentinel-As-Code", "ContentOps", "KQLAnalyzer", "Panther", "Terraform provider", "rsigma", "Bicep linter", "Sentinel Repositories", FindingPage.NoneKnown, FindingPage.DoesNotApply];

    private TemporaryFolder _folder = null!;
    private Compiler _compiler = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _folder = new();
        _compiler = ExampleRun.Compiler(new ResultCache(_folder.Root, "examples"));
    }

    [OneTimeTearDown]
    public void Stop() => _folder.Dispose();

    [Test]
    public void Every_code_has_a_page_and_every_page_a_code()
    {
        var codes = Factories().Select(factory => factory.Code).ToList();
        Assert.That(codes, Has.Count.GreaterThan(150));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(codes.Where(code => FindingPages.Find(code) is null), Is.Empty, "codes without a page in Findings/Explain");
            Assert.That(FindingPages.All.Select(page => page.Code).Where(IsOwn).Except(codes), Is.Empty, "pages without a factory");
        }
    }

    [Test]
    public void Severities_are_those_of_the_factories() => Assert.That(
        Factories().Where(factory => factory.Severity is { } severity && FindingPages.Find(factory.Code) is { } page && page.Severity != severity)
            .Select(factory => $"{factory.Code} is made as {factory.Severity}"),
        Is.Empty);

    [TestCaseSource(nameof(Codes))]
    public void A_page_is_whole(string code)
    {
        var page = FindingPages.Find(code)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Title, Does.Match("^[A-Z0-9\"].{3,70}[^.]$"));
            Assert.That(page.ProtectsFrom, Does.Match(@"^[A-Z""\d].*[.]$"));
            Assert.That(page.AlsoIn.Split(", ").Except(Words), Is.Empty, "unknown tools");
            Assert.That(page.AlsoIn.Split(", "), Is.Unique);
            Assert.That(page.Body, Is.Not.Empty);
            Assert.That(page.Body.Split("```").Length % 2, Is.EqualTo(1));
            Assert.That(page.NoExample is null, Is.EqualTo(!page.Examples.IsEmpty), "examples, or \"Example: none, because ...\"");
            Assert.That(page.NoExample, Is.Null.Or.Match(@"(?s)^.{10,}[.]$"));
            Assert.That(page.Examples.IsEmpty || page.Examples.Any(example => example.GivesFinding), "an example that gives the finding");
            Assert.That(page.Examples.IsEmpty || page.Examples.Any(example => !example.GivesFinding), "a neighbour that does not");
        }
    }

    [TestCaseSource(nameof(Codes))]
    public async Task Its_examples_give_it_and_their_neighbours_do_not(string code)
    {
        foreach (var example in FindingPages.Find(code)!.Examples)
        {
            var findings = await ExampleRun.FindingsAsync(example, _compiler);
            var shown = () => $"{example.Text}gives:\n{string.Concat(findings.Select(new TextReporter(colour: false).Format))}";
            if (example.GivesFinding)
            {
                Assert.That(findings.Select(finding => finding.Code), Does.Contain(code), shown);
            }
            else
            {
                Assert.That(findings.Where(finding => finding.Code == code || finding.Severity == FindingSeverity.Error), Is.Empty, shown);
            }
        }
    }

    private static IEnumerable<string> Codes() => FindingPages.All.Select(page => page.Code);

    private static bool IsOwn(string code) => code.StartsWith("CSK", StringComparison.Ordinal);

    /// <summary>The codes that the product can show; the severity is null where it varies.</summary>
    private static IEnumerable<(string Code, FindingSeverity? Severity)> Factories() =>
        FindingCodeTests.Factories().Concat(
            typeof(LanguageServiceException).Assembly.GetTypes().Single(type => type.Name == "LanguageServiceErrors")
                .GetMethods(BindingFlags.Static | BindingFlags.Public)
                .Select(method => (LanguageServiceException)method.Invoke(null, [.. method.GetParameters().Select(FindingCodeTests.Argument)])!)
                .Select(fault => (fault.Code, (FindingSeverity?)FindingSeverity.Error)));
}
