using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>The files that the kit wrote: those of the lock file, and those of the one that a killed run left.</summary>
internal sealed record KnownFiles(LockFile Lock, LockFile Interrupted)
{
    public IEnumerable<string> Paths => Lock.Files.Keys.Union(Interrupted.Files.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal);

    public ImmutableArray<LockEntry> Content => Lock.Content;

    public static (KnownFiles Known, ImmutableArray<Finding> Findings) Read(OutputState state, bool overwrite)
    {
        var reading = state.Lock is { } file ? LockFileReader.Read(file) : new(LockFile.Empty, []);
        var findings = overwrite
            ? [.. reading.Findings.Select(finding => finding with { Severity = FindingSeverity.Warning })]
            : reading.Findings;

        // What a killed run left helps when it can be read, and is nobody's business when not.
        var interrupted = state.Interrupted is { } left ? LockFileReader.Read(left).Lock : LockFile.Empty;
        return (new(reading.Lock, interrupted), findings);
    }

    public bool Contains(string path) => Lock.Files.ContainsKey(path) || Interrupted.Files.ContainsKey(path);

    public bool Wrote(string path, string hash) => Lock.Files.GetValueOrDefault(path) == hash || Interrupted.Files.GetValueOrDefault(path) == hash;

    public string LastHash(string path) => Lock.Files.GetValueOrDefault(path) ?? Interrupted.Files[path];
}
