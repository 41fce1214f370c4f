using CopilotSentinelKit.Kql.NodeHost;

namespace CopilotSentinelKit.Kql;

public sealed partial class LanguageServices
{
    /// <summary>What the host is; starts nothing.</summary>
    public static LanguageHostDescription Describe()
    {
        var options = LanguageHostOptions.ForApplication();
        return new("Node.js", LanguageHostFiles.Libraries(options), LanguageHostFiles.Key(options));
    }

    /// <summary>A host of its own; its process starts with the first question.</summary>
    /// <exception cref="CopilotSentinelKit.Kql.Language.LanguageServiceException">A setting of it is wrong.</exception>
    public static LanguageServices Open()
    {
        var host = new LanguageHost(LanguageHostOptions.ForApplication().WithPatience(LanguageHostOptions.Patience));
        return new(new HostKqlAnalyzer(host), host);
    }
}
