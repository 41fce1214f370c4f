using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

internal sealed class FormatTests
{
    private const string Loose = "SigninLogs|where ResultType=='0'\n";
    private const string Laid = "SigninLogs | where ResultType == '0'\n";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Start() => _folder = new();

    [TearDown]
    public void Stop() => _folder.Dispose();

    [Test]
    public async Task A_check_writes_nothing_and_a_second_one_is_clean()
    {
        var file = _folder.Write("a.kql", Loose);
        Assert.That((await Csk.RunAsync("format", _folder.Root, "--check")).Code, Is.EqualTo(1));
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo(Loose));
        Assert.That(await Csk.RunAsync("format", _folder.Root), Has.Property("Code").Zero.And.Property("Out").EndsWith("1 query in 1 file: 1 file changed.\n"));
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo(Laid));
        Assert.That(await Csk.RunAsync("format", _folder.Root, "--check"), Has.Property("Code").Zero.And.Property("Out").EqualTo("1 query in 1 file: 0 files would change.\n"));
    }

    [Test]
    public async Task A_query_that_is_left_is_listed_where_that_is_asked_for()
    {
        _folder.Write("a.kql", "SigninLogs | where (ResultType == '0'\n| take 1");
        var result = await Csk.RunAsync("format", _folder.Root, "--verbose");
        Assert.That(result.Code, Is.Zero);
        Assert.That(result.Error, Does.Contain("a mistake of syntax"));
        Assert.That(result.Out, Does.Contain("1 left as it is (--verbose says why)."));
    }

    [Test]
    public async Task A_folder_without_a_query_is_wrong_usage()
    {
        _folder.Write("a.md", "# Nothing\n");
        Assert.That(await Csk.RunAsync("format", _folder.Root), Has.Property("Code").EqualTo(2).And.Property("Error").Contains("There is no query in these files."));
    }
}
