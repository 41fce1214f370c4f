using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>The files that the kit wrote: those of the lock file.</summary>
internal sealed record KnownFiles(LockFile Lock)
{
    public IEnumerable<string> Paths => Lock.Files.Keys;

    public ImmutableArray<LockEntry> Content => Lock.Content;

    public static (KnownFiles Known, ImmutableArray<Finding> Findings) Read(OutputState state, bool overwrite)
    {
        var reading = state.Lock is { } file ? LockFileReader.Read(file) : new(LockFile.Empty, []);
        var findings = overwrite
            ? [.. reading.Findings.Select(finding => finding with { Severity = FindingSeverity.Warning })]
            : reading.Findings;
        return (new(reading.Lock), findings);
    }

    public bool Contains(string path) => Lock.Files.ContainsKey(path);

    public bool Wrote(string path, string hash) => Lock.Files.GetValueOrDefault(path) == hash;

    public string LastHash(string path) => Lock.Files[path];
}
