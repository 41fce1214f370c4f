
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Tests.Language;

internal sealed class KqlCommentsTests
{
    [TestCase("T // a", "// a")]
    [TestCase("// a\r\n| take 1 // b", "// a", "// b")]
    [TestCase("T | where a == \"https://contoso.com\" // b", "// b")]
    [TestCase("T | where a == 'it\\'s // no' // b", "// b")]
    [TestCase("T | where a == @\"\\\" // b", "// b")]
    [TestCase("T | where a == @\"x\"\"\\\" // b", "// b")]
    [TestCase("T | where a == h\"// no\"")]
    [TestCase("print ```\n// no\n``` // b", "// b")]
    [TestCase("print ~~~// no")]
    [TestCase("T | where a == \"never closed // no\n// b", "// b")]
    [TestCase("T | extend a = 4 / 2 // b // c", "// b // c")]
    [TestCase("")]
    public void Found(string kql, params string[] comments) =>
        Assert.That(KqlComments.Find(kql).Select(comment => kql.Substring(comment.Start, comment.Length)), Is.EqualTo(comments));
}
