using System.Collections.Immutable;

namespace CopilotSentinelKit.Backtest;

/// <summary>One of Azure's clouds: which hosts are its own. A token of a cloud goes to them and to nobody else. The domains are from
/// general knowledge: they were not held against documentation, and no service was tried.</summary>
/// <param name="Name">How the command line calls it.</param>
/// <param name="Logs">The query API of Azure Monitor Logs.</param>
/// <param name="LogsDomains">Domains under which that API answers, private links too.</param>
/// <param name="KustoDomains">Domains of Kusto clusters.</param>
/// <param name="Manager">Azure Resource Manager; private links answer below its host.</param>
public sealed record AzureCloud(string Name, Uri Logs, ImmutableArray<string> LogsDomains, ImmutableArray<string> KustoDomains, Uri Manager)
{
    /// <summary>Azure as most know it.</summary>
    public static AzureCloud Public { get; } = new(
        "public",
        new("https://api.loganalytics.azure.com"),
        ["loganalytics.azure.com", "loganalytics.io", "monitor.azure.com"],
        ["kusto.windows.net", "kusto.azure.com", "kusto.fabric.microsoft.com", "kusto.data.microsoft.com", "kustomfa.windows.net"],
        new("https://management.azure.com"));

    /// <summary>Azure for the government of the United States.</summary>
    public static AzureCloud UsGov { get; } = new("usgov", new("https://api.loganalytics.us"), ["loganalytics.us", "monitor.azure.us"], ["kusto.usgovcloudapi.net"], new("https://management.usgovcloudapi.net"));

    /// <summary>Azure in China.</summary>
    public static AzureCloud China { get; } = new("china", new("https://api.loganalytics.azure.cn"), ["loganalytics.azure.cn", "monitor.azure.cn"], ["kusto.chinacloudapi.cn"], new("https://management.chinacloudapi.cn"));

    /// <summary>All of them.</summary>
    public static ImmutableArray<AzureCloud> All { get; } = [Public, UsGov, China];

    /// <summary>Whether an address is that of this cloud's query API.</summary>
    public bool HasLogs(Uri address) => IsIn(address, LogsDomains);

    /// <summary>Whether an address is that of a Kusto cluster in this cloud.</summary>
    public bool HasKusto(Uri address) => IsIn(address, KustoDomains);

    /// <summary>Whether an address is that of this cloud's Resource Manager.</summary>
    public bool HasManager(Uri address) => IsIn(address, [Manager.Host]);

    // Whole names only: "evil-loganalytics.io" is somebody else's.
    private static bool IsIn(Uri address, ImmutableArray<string> domains) => domains.Any(domain =>
        address.IdnHost.Equals(domain, StringComparison.OrdinalIgnoreCase) || address.IdnHost.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase));
}
