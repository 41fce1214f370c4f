using System.Collections.Immutable;
using CopilotSentinelKit.Cli.Files;

namespace CopilotSentinelKit.Cli.Scaffold;

/// <summary>Writes new files into a folder, each whole or not at all, and none over another.</summary>
internal static class ScaffoldWriter
{
    private const UnixFileMode Program = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>What became of the files.</summary>
    /// <param name="Written">Paths that are new.</param>
    /// <param name="Kept">Paths that were there with another text, and were left alone.</param>
    public sealed record Result(ImmutableArray<string> Written, ImmutableArray<string> Kept);

    /// <summary>Writes the files that are not there, in order. While it does, no other run can write into the folder.</summary>
    /// <exception cref="IOException">The folder cannot be written, or another run writes there; the message says what to do. What was
    /// written before stays, and the next run goes on from there.</exception>
    public static Result Write(string folder, IReadOnlyList<ScaffoldFile> files)
    {
        var written = ImmutableArray.CreateBuilder<string>();
        var kept = ImmutableArray.CreateBuilder<string>();
        try
        {
            using var only = FolderClaim.Take(folder, attempts: 1);
            foreach (var file in files)
            {
                var path = Path.Combine(folder, file.Path);
                if (Path.Exists(path))
                {
                    if (!File.Exists(path) || File.ReadAllText(path).ReplaceLineEndings("\n") != file.Text)
                    {
                        kept.Add(file.Path);
                    }
                }
                else
                {
                    SafeFile.Write(path, file.Text, overwrite: false, file.IsProgram ? Program : null);
                    written.Add(file.Path);
                }
            }

            return new(written.ToImmutable(), kept.ToImmutable());
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException || fault is IOException and not ClaimedException)
        {
            var so = written.Count > 0 ? $" {Counted.Of(written.Count, "file")} had been written; the next run goes on from there." : " Nothing was written.";
            throw new IOException($"\"{PackFolder.Shown(folder)}\" cannot be written: {fault.Message.TrimEnd('.')}. Make it writable, or choose another folder.{so}", fault);
        }
    }
}
