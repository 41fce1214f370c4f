using System.Collections.Immutable;
using System.Text;

namespace CopilotSentinelKit.Cli.Scaffold;

/// <summary>Writes new files into a folder, each whole or not at all, and none over another.</summary>
internal static class ScaffoldWriter
{
    private const string Staged = ".csk-tmp";

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
            Directory.CreateDirectory(folder);
            using var only = Claim(folder);
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
                    WriteOne(path, file);
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

    // A reader, and the run after one that was killed, sees a whole file or none.
    private static void WriteOne(string path, ScaffoldFile file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path + Staged, Encoding.UTF8.GetBytes(file.Text));
        if (file.IsProgram && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path + Staged, File.GetUnixFileMode(path + Staged) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        File.Move(path + Staged, path);
    }

    // The system frees the file when its process ends, however that ends, so that a killed run stands in nobody's way.
    private static FileStream Claim(string folder)
    {
        var path = Path.Combine(folder, ".csk-writing");
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new ClaimedException($"Another run of csk writes into \"{PackFolder.Shown(folder)}\". Wait until it is done, and look at what it wrote.");
        }
    }

    private sealed class ClaimedException(string message) : IOException(message);
}
