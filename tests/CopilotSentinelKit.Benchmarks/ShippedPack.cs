using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Generate;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Benchmarks;

/// <summary>The pack that comes with the kit, read from the source checkout.</summary>
internal static class ShippedPack
{
    public static string Root { get; } = FindRoot();

    public static ImmutableArray<SpecFile> Files { get; } =
    [
        .. from folder in new[] { "rules", "templates" }
           from path in Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
           let name = Path.GetRelativePath(Root, path).Replace('\\', '/')
           select new SpecFile(name, name, File.ReadAllBytes(path)),
    ];

    public static ResolvedPack Build() =>
        Compiler.Load(Files, [], []) ?? throw new InvalidOperationException("The shipped pack cannot be read.");

    /// <summary>What the analyzer is asked for the whole pack: the schema and every query.</summary>
    public static async Task<(KqlSchema Schema, ImmutableArray<KqlRequest> Requests)> QueriesAsync(TableCatalog catalog)
    {
        var recorder = new Recorder();
        var pack = Build();
        var content = Generator.Generate(pack, catalog, [], CancellationToken.None);
        await ContentAnalysis.RunAsync(content, pack, catalog, recorder, null, CancellationToken.None);
        return (recorder.Schema!, recorder.Requests);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CopilotSentinelKit.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The benchmarks must run inside a source checkout.");
        }

        return folder.FullName;
    }

    /// <summary>Notes what is asked and answers that all is well.</summary>
    private sealed class Recorder : IKqlAnalyzer
    {
        public KqlSchema? Schema { get; private set; }

        public ImmutableArray<KqlRequest> Requests { get; private set; } = [];

        public Task<ImmutableArray<KqlAnalysis>> AnalyzeAsync(
            KqlSchema schema, ImmutableArray<KqlRequest> requests, Action? analyzed, CancellationToken cancellation)
        {
            (Schema, Requests) = (schema, requests);
            return Task.FromResult<ImmutableArray<KqlAnalysis>>([.. requests.Select(_ => new KqlAnalysis([], [], [], [], [], [], null))]);
        }
    }
}
