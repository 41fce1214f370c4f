namespace CopilotSentinelKit.Kql.Language;

/// <summary>Finds the programs that the kit starts: in the folders of PATH and nowhere else. A system would look into the current folder
/// too, and the files of a pull request are there.</summary>
public static class ProgramPath
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The full path of a program, or null when no folder of PATH has it. Folders that are not absolute are passed over.</summary>
    /// <param name="name">Its name, such as <c>git</c>; on Windows ".exe" is added.</param>
    public static string? Find(string name) => Find(name, Environment.GetEnvironmentVariable("PATH"));

    /// <summary>The same, in the folders of another list.</summary>
    internal static string? Find(string name, string? folders)
    {
        var file = OperatingSystem.IsWindows() && !Path.HasExtension(name) ? name + ".exe" : name;
        return (folders ?? "").Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(IsProgram);
    }

    private static bool IsProgram(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != UnixFileMode.None);
}
