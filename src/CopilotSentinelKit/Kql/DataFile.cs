using System.Collections.Immutable;
using System.Text;

namespace CopilotSentinelKit.Kql;

/// <summary>The kit's own reference data, embedded in the assembly: UTF-8 lines, <c>#</c> starts a comment line, tabs part a line.</summary>
internal static class DataFile
{
    /// <summary>The whole text of a data file with LF line ends; a missing file is a broken build, so it throws.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(DataFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The data file \"{name}\" is not embedded in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // A checkout that turned LF into CRLF must load the same values and give the same hash.
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    /// <summary>The lines of a data file, each parted at its tabs, without comments.</summary>
    public static ImmutableArray<string[]> ReadRows(string name) =>
        [.. Read(name).Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t'))];
}
