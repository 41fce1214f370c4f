
using CopilotSentinelKit.Emit;

namespace CopilotSentinelKit.Tests.Emit;

internal sealed class ArtifactTests
{
    [TestCase("arm/Parsers/CopilotEvents.parser.json")]
    [TestCase("kit.lock.json")]
    [TestCase("solution/Contoso Copilot/Analytic Rules/x.yaml")]
    public void A_path_inside_the_folder_is_safe(string path) => Assert.That(Artifact.IsSafePath(path), Is.True);

    [TestCase("")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("../x.json")]
    [TestCase("arm/../../x.json")]
    [TestCase("arm/./x.json")]
    [TestCase("/etc/passwd")]
    [TestCase("//server/share")]
    [TestCase("C:/x.json")]
    [TestCase("C:x.json")]
    [TestCase("x.json:stream")]
    [TestCase(@"arm\..\x.json")]
    [TestCase("arm//x.json")]
    [TestCase("arm/x.json/")]
    [TestCase("arm/x.")]
    [TestCase("arm/x ")]
    [TestCase("arm / x")]
    [TestCase("arm/x.json\n")]
    [TestCase("arm/x\0.json")]
    [TestCase("~/x.json")]
    public void Any_other_path_is_not(string path)
    {
        Assert.That(Artifact.IsSafePath(path), Is.False);
        Assert.That(() => new Artifact(path, "x\n"), Throws.ArgumentException);
    }

    [TestCase("..")]
    [TestCase("../CopilotEvents")]
    [TestCase("a.b")]
    [TestCase("9a")]
    [TestCase("")]
    [TestCase("Ünicode")]
    [TestCase("A\n")]
    public void A_file_name_that_is_not_plain_never_reaches_a_path(string name)
    {
        var rule = Sample.Rule with { FileName = name };
        Assert.That(() => ContentEmitter.Emit([rule], Sample.Both), Throws.ArgumentException);
    }

    [TestCase("no final line end")]
    [TestCase("a\r\n")]
    [TestCase("")]
    public void Text_with_other_line_ends_is_refused(string text) =>
        Assert.That(() => new Artifact("a.yaml", text), Throws.ArgumentException);
}
