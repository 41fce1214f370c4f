using System.Collections.Immutable;
using CopilotSentinelKit.Import;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Cli.Scaffold;

/// <summary>What an import is about to write, and what there is to say about it.</summary>
/// <param name="Read">The specs and what was not taken.</param>
/// <param name="Files">The files.</param>
/// <param name="Untested">How many specs have no test.</param>
/// <param name="Unknown">Names that only the workspace knows, and how many queries have each.</param>
/// <param name="Compilation">The findings.</param>
internal sealed record ImportedFiles(
    ImportResult Read, ImmutableArray<ScaffoldFile> Files, int Untested, ImmutableArray<(string Name, UnknownUse Use, int Queries)> Unknown, Compilation Compilation);
