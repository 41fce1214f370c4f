
using CopilotSentinelKit.Cli;

namespace CopilotSentinelKit.Tests.Support;

/// <summary>The command line, run in this process as a user would run it.</summary>
internal static class Csk
{
    public static Task<CskResult> RunAsync(params string[] args) => RunAsync(args, interactive: false, CancellationToken.None);

    public static async Task<CskResult> RunAsync(string[] args, bool interactive, CancellationToken cancellation)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, new(output, error, interactive), cancellation);
        return new(code, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }

    /// <summary>Generates into a folder and expects no error and no warning.</summary>
    public static async Task<CskResult> GenerateAsync(string project, params string[] args)
    {
        var result = await RunAsync(["generate", "--project", project, .. args]);
        Assert.That(result.Error, Does.Not.Contain(": error").And.Not.Contain(": warning"));
        Assert.That(result.Code, Is.Zero);
        return result;
    }
}

/// <summary>What a run gave.</summary>
internal sealed record CskResult(int Code, string Out, string Error);
