using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Cli;

/// <summary>A compiler and what it works on, for a command that compiles more than once: with the fixes made, or as of a revision.</summary>
/// <param name="Project">The project.</param>
/// <param name="Content">Content that is checked in the project's place, or null.</param>
/// <param name="Compiler">The compiler; its results are cached.</param>
/// <param name="Progress">Told what is being done; may be null.</param>
/// <param name="Cancellation">Stops the work.</param>
internal sealed record Workbench(
    ProjectFolder Project, ContentFiles? Content, Compiler Compiler, IProgress<CompilerProgress>? Progress, CancellationToken Cancellation)
{
    /// <summary>Compiles the project, or checks the content, as it is.</summary>
    public Task<Compilation> CompileAsync() => CompileAsync(ImmutableDictionary<string, string>.Empty);

    /// <summary>Compiles the project as it is, for formats beside those of kit.yaml.</summary>
    public Task<Compilation> CompileAsync(ImmutableArray<OutputFormat> formats) => Compiler.CompileAsync(Project.Shipped, Project.Own, Progress, Cancellation, formats);

    /// <summary>Compiles another project in its place.</summary>
    public Task<Compilation> CompileAsync(ProjectFolder project) => Compiler.CompileAsync(project.Shipped, project.Own, Progress, Cancellation);

    /// <summary>Compiles or checks with other texts for some of the files, by the path that findings show.</summary>
    public Task<Compilation> CompileAsync(ImmutableDictionary<string, string> texts)
    {
        return Content is null
            ? CompileAsync(Project with { Shipped = [.. Project.Shipped.Select(Edited)], Own = [.. Project.Own.Select(Edited)] })
            : Compiler.CheckAsync(Project.Shipped, Project.Own, Content.Read().Select(Edited), Progress, Cancellation);

        SpecFile Edited(SpecFile file) => texts.TryGetValue(file.ShownPath, out var text) ? file with { Bytes = Encoding.UTF8.GetBytes(text) } : file;
    }
}
