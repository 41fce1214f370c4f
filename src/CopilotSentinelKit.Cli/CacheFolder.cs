
using CopilotSentinelKit.Cli.Cache;
using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Cli;

/// <summary>Where results of the language services are kept: in the user's cache folder, and beside the program those of the shipped pack.</summary>
internal static class CacheFolder
{
    /// <summary>What the build put beside the program (shipped-analysis.targets); a source checkout has none.</summary>
    public static string Carried { get; } = Path.Combine(AppContext.BaseDirectory, "analysis");

    /// <summary>The cache in CSK_CACHE, or in the place that the system keeps caches; keys hold the kit's build and its language host.</summary>
    public static ResultCache Open()
    {
        var folder = Environment.GetEnvironmentVariable("CSK_CACHE") is { Length: > 0 } chosen
            ? chosen
            : Path.Combine(Root(), "copilot-sentinel-kit");
        return new(folder, $"{typeof(ResultCache).Module.ModuleVersionId}{typeof(LanguageServices).Module.ModuleVersionId}{LanguageServices.Describe().Key}", Carried);
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
