using System.Text;
using CopilotSentinelKit.Cli.Files;

namespace CopilotSentinelKit.Cli;

/// <summary>Files with audit records that a command line names.</summary>
internal static class EventFileText
{
    /// <summary>Opens one, in UTF-8 or what its byte order mark says.</summary>
    /// <exception cref="IOException">It cannot be read; the message says what to do.</exception>
    public static StreamReader Open(string path)
    {
        if (Links.LeadsOut(path))
        {
            throw new IOException($"\"{path}\" is, or is behind, a link that leads out of this folder. Name the file that it leads to.");
        }

        if (Directory.Exists(path))
        {
            throw new IOException($"\"{path}\" is a folder. Name the files in it.");
        }

        try
        {
            return new(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"\"{path}\" cannot be read: {fault.Message.TrimEnd('.')}.", fault);
        }
    }
}
