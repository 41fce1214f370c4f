using System.Text;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>A file to write: where in the output folder, and all that is in it.</summary>
public sealed partial record Artifact
{
    /// <summary>An artifact.</summary>
    /// <param name="path">See <see cref="Path"/>.</param>
    /// <param name="text">See <see cref="Text"/>.</param>
    /// <param name="source">See <see cref="Source"/>.</param>
    /// <exception cref="ArgumentException">The path could leave the output folder, or the text has other line ends: a mistake of the emitter.</exception>
    public Artifact(string path, string text, SourceSpan? source = null)
    {
        if (!text.EndsWith('\n') || text.Contains('\r', StringComparison.Ordinal))
        {
            throw new ArgumentException($"The text of \"{path}\" must have LF line ends and end in one.", nameof(text));
        }

        (Path, Text, Bytes, Source) = (Safe(path), text, Encoding.UTF8.GetBytes(text), source);
    }

    /// <summary>An artifact that is no text.</summary>
    /// <param name="path">See <see cref="Path"/>.</param>
    /// <param name="bytes">See <see cref="Bytes"/>.</param>
    /// <exception cref="ArgumentException">The path could leave the output folder: a mistake of the emitter.</exception>
    public Artifact(string path, ReadOnlyMemory<byte> bytes) => (Path, Text, Bytes) = (Safe(path), "", bytes);

    /// <summary>Relative to the output folder, forward slashes: arm/Parsers/CopilotEvents.parser.json.</summary>
    public string Path { get; }

    /// <summary>LF line ends and a final one; written as UTF-8 without a byte order mark. Empty for what is no text.</summary>
    public string Text { get; }

    /// <summary>What is written.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The place in the YAML it is generated from, or null for a file that belongs to no single spec.</summary>
    public SourceSpan? Source { get; }

    /// <summary>A path for the file of one content item.</summary>
    /// <param name="folder">Folder in the output, such as arm/Parsers.</param>
    /// <param name="fileName">The item's file name, <c>^[A-Za-z][A-Za-z0-9_]*$</c>.</param>
    /// <param name="extension">What follows the name, with its dot.</param>
    /// <exception cref="ArgumentException">Any other file name: it could name a file outside the folder.</exception>
    internal static string PathOf(string folder, string fileName, string extension) =>
        FileName().IsMatch(fileName)
            ? $"{folder}/{fileName}{extension}"
            : throw new ArgumentException($"\"{fileName}\" is not a file name of letters, digits and underscores.", nameof(fileName));

    /// <summary>Whether a path stays inside the folder it is joined to, on every operating system: no root, drive, backslash, "." or "..".</summary>
    internal static bool IsSafePath(string path) => SafePath().IsMatch(path);

    private static string Safe(string path) =>
        IsSafePath(path) ? path : throw new ArgumentException($"\"{path}\" is not a relative path inside the output folder.", nameof(path));

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_]*\z")]
    private static partial Regex FileName();

    // A segment may not end in a dot or a space: Windows drops it, and two names would be one file. Content Hub's folders have spaces inside.
    [GeneratedRegex(@"\A[A-Za-z0-9_](?:[A-Za-z0-9_. -]*[A-Za-z0-9_-])?(?:/[A-Za-z0-9_](?:[A-Za-z0-9_. -]*[A-Za-z0-9_-])?)*\z")]
    private static partial Regex SafePath();
}
