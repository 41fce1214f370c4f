using System.CommandLine;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk explain: what a finding means, why it matters and what to do.</summary>
internal sealed partial class ExplainCommand(Terminal terminal)
{
    /// <summary>Width of text that goes to a file or a pipe.</summary>
    private const int PlainWidth = 100;
    private const int SmallestWidth = 40;

    private readonly Argument<string[]> _codes = new("CODE")
    {
        Description = "Codes of findings, such as CSK0404 (404 will do) or KS142. Left out: all codes are listed.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<DirectoryInfo> _out = new("--out")
    {
        Description = "Folder to write the documentation of all findings to, as Markdown: a document for each code, and a README.md with a table of them.",
        CustomParser = Choice.Folder,
        HelpName = "DIR",
    };

    public static Command Create(Terminal terminal) => new ExplainCommand(terminal).Create();

    private Command Create()
    {
        var command = new Command("explain", "Explains findings by their codes: why it matters, what to do, and an example; without a code, lists all.") { _codes, _out };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var codes = (parsed.GetValue(_codes) ?? []).Select(Code).Distinct().ToList();
        if (parsed.GetValue(_out) is { } folder)
        {
            return codes.Count == 0 ? await WriteAsync(folder.FullName) : await terminal.FailAsync("--out writes the documentation of all codes. Leave the codes out.");
        }

        var text = new FindingText(Math.Max(SmallestWidth, terminal.OutWidth ?? PlainWidth), terminal.OutColour);
        if (codes.Count == 0)
        {
            await terminal.Out.WriteAsync(text.List(FindingPages.All));
            return ExitCodes.Clean;
        }

        var pages = codes.Select(FindingPages.Find).OfType<FindingPage>().ToList();
        await terminal.Out.WriteAsync(string.Join('\n', pages.Select(text.Page)));
        foreach (var code in codes.Where(code => FindingPages.Find(code) is null))
        {
            await terminal.FailAsync(Unknown(code));
        }

        return pages.Count == codes.Count ? ExitCodes.Clean : ExitCodes.Usage;
    }

    private async Task<int> WriteAsync(string folder)
    {
        var shown = PackFolder.Shown(folder);
        if (File.Exists(folder))
        {
            return await terminal.FailAsync($"\"{shown}\" is a file, and the documents need a folder. Choose another one with --out.");
        }

        try
        {
            var result = DocumentFolder.Write(folder, FindingDocuments.All(FindingPages.All));
            await terminal.Out.WriteLineAsync($"{Counted.Of(result.Written, "document")} written, {result.Removed} removed, {result.Unchanged} unchanged in {shown}.");
            await terminal.Out.WriteAsync($"Next:\n  - Start reading at {shown}/{FindingDocuments.Index}.\n");
            return ExitCodes.Clean;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return await terminal.FailAsync(fault.Message);
        }
    }

    /// <summary>A code as findings write it, from however a person types it: 404, csk404, ks142.</summary>
    private static string Code(string written)
    {
        var code = written.Trim().ToUpperInvariant();
        return Short().Match(code) is { Success: true } number ? "CSK" + number.Groups[1].Value.PadLeft(4, '0') : code;
    }

    private static string Unknown(string code) => Kusto().IsMatch(code)
        ? $"{code} is a code of Kusto.Language, Microsoft's own parser of KQL, that the kit has no page for. Its message says what is wrong; https://learn.microsoft.com/kusto/query/ describes the language."
        : $"No finding has the code \"{code}\".{Nearest.Hint(code, FindingPages.All.Select(page => page.Code))} Run \"csk explain\" for all codes.";

    [GeneratedRegex(@"^(?:CSK)?(\d{1,4})$")]
    private static partial Regex Short();

    [GeneratedRegex(@"^KS\d{3}$")]
    private static partial Regex Kusto();
}
