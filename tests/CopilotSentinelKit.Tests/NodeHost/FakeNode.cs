using System.Globalization;
using CopilotSentinelKit.Kql.NodeHost;

namespace CopilotSentinelKit.Tests.NodeHost;

/// <summary>A shell script that stands in for Node, in a folder of its own; $DIR is that folder and $@ what Node would be called with.</summary>
internal sealed class FakeNode : IDisposable
{
    public const string Hello = "echo '{\"hello\":{\"node\":\"20.0.0\",\"kusto\":\"1\"}}'";

    private static readonly LanguageHostOptions Real = LanguageHostOptions.ForApplication();
    private readonly string _folder = Directory.CreateTempSubdirectory("csk-host-").FullName;

    public FakeNode(string script)
    {
        Path = System.IO.Path.Combine(_folder, "node");
        File.WriteAllText(Path, $"#!/bin/sh\nDIR='{_folder}'\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public string Path { get; }

    public LanguageHost Host(double timeoutSeconds = 30) => new(Real with { Node = Path, Timeout = TimeSpan.FromSeconds(timeoutSeconds) });

    /// <summary>A copy of the real host's folder in this one.</summary>
    public string CopyHost()
    {
        var copy = Directory.CreateDirectory(System.IO.Path.Combine(_folder, "language-host")).FullName;
        foreach (var file in Directory.GetFiles(Real.Directory).Where(file => !file.EndsWith(".blob", StringComparison.Ordinal)))
        {
            File.Copy(file, System.IO.Path.Combine(copy, System.IO.Path.GetFileName(file)));
        }

        return copy;
    }

    public bool Has(string file) => File.Exists(System.IO.Path.Combine(_folder, file));

    /// <summary>What the script has written into a file of its folder.</summary>
    public string[] Lines(string file) => File.ReadAllLines(System.IO.Path.Combine(_folder, file));

    /// <summary>The same as process ids.</summary>
    public int[] ProcessIds(string file) => [.. Lines(file).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
