using System.Text.RegularExpressions;
using CopilotSentinelKit.Cli.Files;

namespace CopilotSentinelKit.Cli;

/// <summary>Writes a report to the file that a person named.</summary>
internal static partial class ReportFile
{
    /// <summary>Creates folders that are missing. Nobody ever reads half of a report, unless it goes to a terminal or a pipe.</summary>
    /// <exception cref="IOException">It cannot be written; the message says what to do.</exception>
    public static void Write(string path, string text)
    {
        var full = Path.GetFullPath(path);
        try
        {
            if (Device().IsMatch(full))
            {
                File.WriteAllText(full, text);
            }
            else if (Directory.Exists(full))
            {
                throw new IOException("there is a folder of that name");
            }
            else
            {
                SafeFile.Write(full, text);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new IOException($"The report \"{PackFolder.Shown(full)}\" cannot be written: {fault.Message.TrimEnd('.')}. Name another file, or make that one writable.", fault);
        }
    }

    // Pipes and terminals, which a file in their place would destroy.
    [GeneratedRegex(@"\A(?:/dev/(?:stdout|stderr|null|tty)|(?:/dev|/proc/self)/fd/[0-9]+|\\\\\.\\.*)\z")]
    private static partial Regex Device();
}
