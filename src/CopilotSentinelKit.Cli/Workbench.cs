using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Cli;

/// <summary>A compiler and the files of a project, for a command that compiles more than once: with the fixes made, or as of a revision.</summary>
/// <param name="Files">The project.</param>
/// <param name="Compiler">The compiler; its results are cached.</param>
/// <param name="Progress">Told what is being done; may be null.</param>
/// <param name="Cancellation">Stops the work.</param>
internal sealed record Workbench(ProjectFolder Files, Compiler Compiler, IProgress<CompilerProgress>? Progress, CancellationToken Cancellation)
{
    /// <summary>Compiles the project as it is.</summary>
    public Task<Compilation> CompileAsync() => CompileAsync(Files);

    /// <summary>Compiles other files in its place.</summary>
    public Task<Compilation> CompileAsync(ProjectFolder files) => Compiler.CompileAsync(files.Shipped, files.Own, Progress, Cancellation);

    /// <summary>Compiles the project with other texts for some of its files, by the path that findings show.</summary>
    public Task<Compilation> CompileAsync(ImmutableDictionary<string, string> texts)
    {
        return CompileAsync(Files with { Shipped = [.. Files.Shipped.Select(Edited)], Own = [.. Files.Own.Select(Edited)] });

        SpecFile Edited(SpecFile file) => texts.TryGetValue(file.ShownPath, out var text) ? file with { Bytes = Encoding.UTF8.GetBytes(text) } : file;
    }
}
