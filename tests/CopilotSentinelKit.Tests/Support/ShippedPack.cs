using System.Text;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Tests.Support;

/// <summary>What comes with the kit: as specs, compiled, and as files on disk.</summary>
internal static class ShippedPack
{
    private static readonly Lazy<Task<Compilation>> Compiled = new(() => CompileAsync(null));

    public static SpecSet Specs { get; } = SpecReader.Read([.. PackFolder.Read(Repository.Root)]);

    /// <summary>As it stands.</summary>
    public static Task<Compilation> Compilation => Compiled.Value;

    /// <summary>Under a kit.yaml.</summary>
    public static Task<Compilation> CompileAsync(string? kit) =>
        new Compiler(SharedHost.Analyzer, SharedHost.Catalog).CompileAsync(
            [.. PackFolder.Read(Repository.Root)],
            kit is null ? [] : [new("kit.yaml", "kit.yaml", Encoding.UTF8.GetBytes(kit))],
            null,
            CancellationToken.None);

    /// <summary>The findings as lines, so that a failed test shows them.</summary>
    public static IEnumerable<string> Lines(this Compilation compilation) =>
        compilation.Findings.Select(finding => $"{finding.Span}: {finding.Severity} {finding.Code}: {finding.Message}");
}
