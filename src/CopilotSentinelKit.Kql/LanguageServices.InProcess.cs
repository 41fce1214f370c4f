using System.Collections.Immutable;
using System.Reflection;
using CopilotSentinelKit.Kql.InProcess;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql;

public sealed partial class LanguageServices
{
    /// <summary>What the host is.</summary>
    public static LanguageHostDescription Describe()
    {
        // The build notes which version of the package it was given.
        ImmutableArray<LanguageLibrary> libraries =
        [
            .. typeof(LanguageServices).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Where(noted => noted.Key == "Kusto.Language")
                .Select(noted => new LanguageLibrary(noted.Key, noted.Value ?? "")),
        ];
        return new("in process", libraries, string.Join(' ', libraries.Prepend(new("in process", ""))));
    }

    /// <summary>The library, in this process.</summary>
    public static LanguageServices Open() => new(new WeighingKqlAnalyzer(new InProcessKqlAnalyzer()), null);
}
