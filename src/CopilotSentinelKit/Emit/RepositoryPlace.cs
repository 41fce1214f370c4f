using System.Collections.Immutable;

namespace CopilotSentinelKit.Emit;

/// <summary>Where a project and its output are in the repository that Sentinel deploys from. Paths are relative to its root.</summary>
/// <param name="Output">The output folder with a final slash, or empty where it is the root.</param>
/// <param name="Sources">Folders of the project that hold its own files, each with a final slash.</param>
/// <param name="NoContent">What is in them and must not be deployed: such a folder, or single files.</param>
public sealed record RepositoryPlace(string Output, ImmutableArray<string> Sources, ImmutableArray<string> NoContent);
