
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Evaluate;

internal sealed class SupportedSetTests
{
    [Test]
    public void The_document_is_current()
    {
        var path = Repository.PathOf("src", "CopilotSentinelKit.Kql", "Evaluate", "SUPPORTED.md");
        var expected = SupportedSet.Markdown();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Assert.That(Environment.GetEnvironmentVariable("CI"), Is.Null.Or.Empty, "Documents are not written in CI.");
            File.WriteAllText(path, expected);
        }

        Assert.That(File.ReadAllText(path), Is.EqualTo(expected), "Run UPDATE_GOLDEN=1 dotnet test --filter SupportedSet, and review the diff.");
    }
}
