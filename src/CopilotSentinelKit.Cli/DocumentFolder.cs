using System.Collections.Immutable;
using CopilotSentinelKit.Cli.Files;
using CopilotSentinelKit.Findings;

namespace CopilotSentinelKit.Cli;

/// <summary>Writes documents into a folder that may hold others: each whole or not at all, and none over a file that the kit did not write.</summary>
internal static class DocumentFolder
{
    /// <summary>How many documents were written, how many were as they should be, and how many went because they belong to no finding any more.</summary>
    public sealed record Result(int Written, int Unchanged, int Removed);

    /// <summary>Brings the folder up to date.</summary>
    /// <exception cref="IOException">A file is in the way or cannot be written; the message says what to do. Nothing was changed when one is in the way.</exception>
    public static Result Write(string folder, ImmutableSortedDictionary<string, string> documents)
    {
        var changed = documents.Where(document => Current(folder, document.Key) != document.Value).ToList();
        var obsolete = Obsolete(folder, documents).ToList();
        try
        {
            SafeFile.MakeFolder(folder);
            foreach (var (name, text) in changed)
            {
                SafeFile.Write(Path.Combine(folder, name), text);
            }

            obsolete.ForEach(File.Delete);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"\"{PackFolder.Shown(folder)}\" cannot be written: {fault.Message.TrimEnd('.')}. Make it writable, or choose another folder with --out.", fault);
        }

        return new(changed.Count, documents.Count - changed.Count, obsolete.Count);
    }

    private static string? Current(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (!Path.Exists(path) && !Links.IsLink(path))
        {
            return null;
        }

        var shown = PackFolder.Shown(path);
        if (Directory.Exists(path) || Links.IsLink(path))
        {
            throw new IOException($"\"{shown}\" is a folder or a link, and a document of that name is to be written. Choose another folder with --out.");
        }

        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        return text.StartsWith(FindingDocuments.Mark, StringComparison.Ordinal)
            ? text
            : throw new IOException($"\"{shown}\" was not written by csk explain, and would be lost. Move it elsewhere, or choose another folder with --out.");
    }

    private static IEnumerable<string> Obsolete(string folder, ImmutableSortedDictionary<string, string> documents) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.md")
                .Where(path => !documents.ContainsKey(Path.GetFileName(path)) && !Links.IsLink(path) && File.ReadLines(path).FirstOrDefault() == FindingDocuments.Mark)
            : [];
}
