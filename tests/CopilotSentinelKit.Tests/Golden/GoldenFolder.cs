namespace CopilotSentinelKit.Tests.Golden;

/// <summary>Compares what a case gives with the files beside it. To accept new output: UPDATE_GOLDEN=1 dotnet test --filter Golden, then
/// read the diff; refused in CI.</summary>
internal static class GoldenFolder
{
    private const string Accept = "If the new output is right, run UPDATE_GOLDEN=1 dotnet test --filter Golden, and review the diff.";

    public static void Verify(string folder, IReadOnlyDictionary<string, string> actual)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Update(folder, actual);
            return;
        }

        var expected = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).ToHashSet()
            : [];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(actual.Keys.Except(expected), Is.Empty, "Files without an expected one. " + Accept);
            Assert.That(expected.Except(actual.Keys), Is.Empty, "Expected files that are no longer made. " + Accept);
            foreach (var path in expected.Intersect(actual.Keys).Order(StringComparer.Ordinal))
            {
                Assert.That(actual[path], Is.EqualTo(File.ReadAllText(Path.Combine(folder, path))), path + ". " + Accept);
            }
        }
    }

    private static void Update(string folder, IReadOnlyDictionary<string, string> actual)
    {
        Assert.That(Environment.GetEnvironmentVariable("CI"), Is.Null.Or.Empty, "Golden files are not accepted in CI.");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var (path, text) in actual)
        {
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, text);
        }
    }
}
