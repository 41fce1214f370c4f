using System.Collections.Immutable;
using System.Reflection;
using System.Text;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>The kit's own reference data, embedded in the assembly: UTF-8 lines that end in LF, <c>#</c> starts a comment line, tabs part a line.</summary>
internal static class DataFile
{
    /// <summary>A data file of an assembly as it is; a missing one is a broken build, so it throws.</summary>
    public static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The data file \"{name}\" is not embedded in the assembly.");
        var utf8 = new byte[stream.Length];
        stream.ReadExactly(utf8);
        return utf8;
    }

    /// <summary>The lines of a data file, each parted at its tabs, without comments.</summary>
    public static ImmutableArray<string[]> ReadRows(Assembly assembly, string name) =>
        [.. Encoding.UTF8.GetString(Read(assembly, name)).Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t'))];
}
