using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Cli.Files;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Cli;

/// <summary>The files that a command may change: those below some folders, and no others. What lies behind a link is elsewhere.</summary>
/// <param name="roots">Full paths of files, or of folders.</param>
/// <param name="isWanted">Whether the file of a path inside a root, with forward slashes, may be changed; all may when left out.</param>
internal sealed class EditableFiles(ImmutableArray<string> roots, Func<string, bool>? isWanted = null)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What a project reads and nothing else of its folder, in which the kit itself may be installed.</summary>
    public static EditableFiles OfProject(string folder) => new([folder], PackFolder.Reads);

    /// <summary>Whether the file is one of them.</summary>
    public bool Contains(SourceFile file) => Find(file.Path) is not null;

    /// <summary>Whether the file may be changed and holds the very text that was read of it.</summary>
    public bool MayEdit(SourceFile file) => Find(file.Path) is { } path && Read(path)?.Text == file.Text;

    /// <summary>Gives a file another text, all at once: it has the old bytes or the new ones. A byte order mark and the file's mode stay.</summary>
    /// <param name="file">The file as it was read.</param>
    /// <param name="text">The new text.</param>
    /// <exception cref="IOException">It cannot be written, or somebody else changed it meanwhile; the message says what to do.</exception>
    public void Write(SourceFile file, string text)
    {
        var path = Find(file.Path);
        if (path is null || Read(path) is not { } now || now.Text != file.Text)
        {
            throw new IOException($"\"{file.Path}\" changed while it was checked, and was left alone. Run the command again.");
        }

        try
        {
            SafeFile.Write(path, [.. now.Mark, .. Strict.GetBytes(text)], mode: OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or EncoderFallbackException)
        {
            throw new IOException($"\"{file.Path}\" cannot be written: {fault.Message.TrimEnd('.')}. Make it writable, and run the command again.", fault);
        }
    }

    // The full path of a file below a root with no link on the way, or null.
    private string? Find(string shown)
    {
        var path = Path.GetFullPath(shown);
        return roots.FirstOrDefault(root => Links.IsIn(root, path)) is { } top
            && isWanted?.Invoke(Path.GetRelativePath(top, path).Replace('\\', '/')) != false
            && Links.Below(top, path) is null ? path : null;
    }

    private static (byte[] Mark, string Text)? Read(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var mark = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.ToArray() : [];
            return (mark, Strict.GetString(bytes.AsSpan(mark.Length)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            return null;
        }
    }
}
