using System.Collections.Immutable;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Emit.Formats;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing;

namespace CopilotSentinelKit;

/// <content>The site that describes a project.</content>
public sealed partial class Compiler
{
    /// <summary>The pages of a project: a site that needs neither a server nor a network.</summary>
    /// <param name="compilation">The project's, without an error.</param>
    /// <param name="shipped">Files of the shipped pack, with sample events.</param>
    /// <param name="project">Files of the project, with sample events; empty where there is no kit.yaml.</param>
    public static Emission Docs(Compilation compilation, ImmutableArray<SpecFile> shipped, ImmutableArray<SpecFile> project)
    {
        var pack = compilation.Pack ?? throw new ArgumentException("Nothing was compiled.", nameof(compilation));
        var findings = new List<Finding>();
        var content = TextContentOf(compilation, pack) with { Operations = TestedOperations.Of(pack, EventFiles.Of(shipped, project, findings), findings) };
        var files = TextFormats.Site(content, findings);
        return ContentEmitter.Emit([], [], files.AsSpan()) with { Findings = findings.Sorted() };
    }

    private static TextContent TextContentOf(Compilation compilation, ResolvedPack pack) =>
        new(pack, compilation.Items, () => ItemFacts.Of(pack, compilation.Items, compilation.Analyzed, Costs(compilation)));
}
