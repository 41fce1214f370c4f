using CopilotSentinelKit.Cache;
using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Cli;

/// <summary>The user's cache folder.</summary>
internal static class CacheFolder
{
    /// <summary>The libraries are larger, and named by package.json.</summary>
    private const int LargestOwnFile = 32 * 1024;

    /// <summary>The cache in CSK_CACHE, or in the place that the system keeps caches; keys hold the kit's build and its language libraries.</summary>
    public static ResultCache Open()
    {
        var folder = Environment.GetEnvironmentVariable("CSK_CACHE") is { Length: > 0 } chosen
            ? chosen
            : Path.Combine(Root(), "copilot-sentinel-kit");
        return new(folder, typeof(ResultCache).Module.ModuleVersionId + HostVersion());
    }

    /// <summary>The text of package.json, which pins the libraries, and of the host's own files.</summary>
    private static string HostVersion()
    {
        var host = LanguageHostOptions.ForApplication().Directory;
        return Directory.Exists(host)
            ? string.Concat(Directory.EnumerateFiles(host, "*.js*")
                .Where(path => new FileInfo(path).Length < LargestOwnFile)
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllText))
            : "";
    }

    private static string Root()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches")
            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg ? xdg
            : Path.Combine(home, ".cache");
    }
}
