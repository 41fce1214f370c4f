using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Fuzz;

/// <summary>A way into the kit.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Make">Makes an input.</param>
/// <param name="RunAsync">Runs it; gives the outcome as text, or throws at what must not be.</param>
internal sealed record Target(string Name, Func<Random, SpecFile[]> Make, Func<SpecFile[], Task<string>> RunAsync);

/// <summary>All ways into the kit.</summary>
internal sealed class Targets : IAsyncDisposable
{
    private const int QueriesAtOnce = 20;
    private const int CommandsOneIn = 100;

    private readonly LanguageServices _services = LanguageServices.Open();
    private readonly TableCatalog _catalog = KitData.LoadTables();
    private readonly ImmutableArray<SpecFile> _shipped;
    private readonly Compiler _compiler;

    private Targets(string? only)
    {
        _shipped = [.. PackFolder.Read(PackFolder.Shipped()).Where(file => file.PackPath == "rules/mapping.yaml" || file.PackPath.StartsWith("templates/", StringComparison.Ordinal))];
        _compiler = new(new RememberingAnalyzer(_services.Kql), _catalog, new DateOnly(2026, 1, 15));
        ImmutableArray<Target> all =
        [
            new("specs", Seeds.Project, CompileAsync),
            new("content", Seeds.Content, CheckAsync),
            new("events", Seeds.Events, ReadEventsAsync),
            new("kql", Seeds.Queries, AnalyzeAsync),
        ];
        All = [.. all.Where(target => only is null || target.Name == only)];
    }

    /// <summary>Their names.</summary>
    public static ImmutableArray<string> Names { get; } = ["specs", "content", "events", "kql"];

    /// <summary>How many there are.</summary>
    public static int Count => Names.Length;

    public ImmutableArray<Target> All { get; }

    /// <summary>Opens them, and has what all inputs share ready, so that no input is charged for it.</summary>
    public static async Task<Targets> OpenAsync(string? only)
    {
        var targets = new Targets(only);
        await targets._compiler.CompileAsync(targets._shipped, [], null, CancellationToken.None);
        return targets;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task<string> CompileAsync(SpecFile[] files)
    {
        var compilation = await _compiler.CompileAsync(_shipped, [.. files], null, CancellationToken.None);
        var outcome = Outcome.Of(compilation.Findings.AddRange(compilation.Suppressed));
        if (compilation.HasErrors || compilation.Pack is null)
        {
            if (files.Sum(file => file.Bytes.Length) % CommandsOneIn == 0)
            {
                await VerifyNothingIsWrittenAsync(files);
            }

            return outcome;
        }

        return outcome + string.Concat(Compiler.Emit(compilation, []).Artifacts.Select(artifact => $"{artifact.Path}\n{artifact.Text}"));
    }

    private async Task<string> CheckAsync(SpecFile[] files)
    {
        var compilation = await _compiler.CheckAsync([], [], files, null, CancellationToken.None);
        return Outcome.Of(compilation.Findings.AddRange(compilation.Suppressed));
    }

    private static Task<string> ReadEventsAsync(SpecFile[] files)
    {
        var text = new StringBuilder();
        foreach (var file in files)
        {
            var findings = new List<Finding>();
            if (EventText.Decode(file, findings) is { } source)
            {
                text.Append(EventReader.Read(source, findings).Length);
                foreach (var part in RecordParts.Read(source.Path, new StringReader(source.Text)))
                {
                    findings.AddRange(part.Faults.Select(fault => fault.Finding));
                }
            }

            text.Append(Outcome.Of(findings));
        }

        return Task.FromResult(text.ToString());
    }

    private async Task<string> AnalyzeAsync(SpecFile[] files)
    {
        var text = new StringBuilder();
        foreach (var file in files.Chunk(QueriesAtOnce))
        {
            ImmutableArray<KqlRequest> requests = [.. file.Select(query => new KqlRequest(Encoding.UTF8.GetString(query.Bytes.Span), [], WithTree: true))];
            var results = await _services.Kql.AnalyzeAsync(new(_catalog, [], [], []), requests, null, CancellationToken.None);
            foreach (var (request, result) in requests.Zip(results))
            {
                text.Append(Outcome.Of(request.Text, result));
            }
        }

        return text.ToString();
    }

    /// <summary>The same project through the command line, in a folder of its own.</summary>
    private static async Task VerifyNothingIsWrittenAsync(SpecFile[] files)
    {
        var folder = Directory.CreateTempSubdirectory("csk-fuzz-").FullName;
        try
        {
            foreach (var file in files)
            {
                var path = Path.Combine(folder, file.PackPath);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllBytesAsync(path, file.Bytes.ToArray());
            }

            using var output = new StringWriter();
            var before = Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
            var code = await CommandLine.RunAsync(["generate", "--project", folder], new(output, output, false), CancellationToken.None);
            var after = Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
            if (code == 0 || output.ToString().Contains("internal error", StringComparison.Ordinal) || !before.SequenceEqual(after, StringComparer.Ordinal))
            {
                throw new InvalidOperationException($"csk generate of a project with errors gave {code} and left other files:\n{output}");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
