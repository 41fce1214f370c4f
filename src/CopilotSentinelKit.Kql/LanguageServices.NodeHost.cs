using CopilotSentinelKit.Kql.Language;
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

    /// <summary>Hosts of its own, as many as there are processors; their processes start when there is something to ask.</summary>
    /// <exception cref="CopilotSentinelKit.Kql.Language.LanguageServiceException">A setting of it is wrong.</exception>
    public static LanguageServices Open()
    {
        var options = LanguageHostOptions.ForApplication().WithPatience(LanguageHostOptions.Patience);
        var pool = new HostKqlPool(options, LanguageHostOptions.Hosts);
        return new(new WeighingKqlAnalyzer(pool), pool);
    }
}
