using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>What is in the output folder before a run.</summary>
/// <param name="Folder">The folder as a person would type it, without a final slash; findings start with it.</param>
/// <param name="Files">The files among those that the kit wrote or is about to write: path in the folder to the hash that
/// <see cref="LockFile.HashOf(ReadOnlySpan{byte})"/> gives.</param>
/// <param name="Lock">The lock file, or null when there is none.</param>
/// <param name="Findings">What could not be read.</param>
public sealed record OutputState(
    string Folder,
    ImmutableDictionary<string, string> Files,
    SourceFile? Lock,
    ImmutableArray<Finding> Findings)
{
    /// <summary>A folder with nothing of the kit's in it.</summary>
    public static OutputState Empty(string folder) => new(folder, ImmutableDictionary.Create<string, string>(StringComparer.Ordinal), null, []);

    /// <summary>A place for findings about a file of the folder as a whole.</summary>
    internal SourceSpan At(string path) => new(new SourceFile($"{Folder}/{path}", ""), 0, 0);
}
