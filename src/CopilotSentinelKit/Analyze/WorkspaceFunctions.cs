using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Analyze;

/// <summary>Functions that Sentinel brings along and no table of columns tells of: ASIM's parsers and what belongs to them.</summary>
internal static partial class WorkspaceFunctions
{
    /// <summary>The schemas that have built-in parsers.</summary>
    private static readonly string[] Schemas =
    [
        "AlertEvent", "AssetEntity", "AuditEvent", "Authentication", "DhcpEvent", "Dns", "FileEvent", "NetworkSession", "ProcessCreate", "ProcessEvent",
        "ProcessTerminate", "RegistryEvent", "UserManagement", "WebSession",
    ];

    // Defender's own, which take a table and add columns to it.
    private static readonly string[] Defender = ["AssignedIPAddresses", "DeviceFromIP", "FileProfile", "SeenBy"];

    // They look into other clusters and resources, whose tables nobody can know here.
    private static readonly string[] Remote = ["adx", "app", "arg", "resource", "workspace"];

    /// <summary>Whether every workspace has it: ASIM's built-in parsers (_Im_Dns, _ASim_Dns_...), its helper functions, Sentinel's own.</summary>
    public static bool IsBuiltIn(string name) =>
        name is "_GetWatchlist" or "_GetWatchlistAlias" or "_SentinelAudit" or "_SentinelHealth"
        || Defender.Contains(name)
        || name.StartsWith("_ASIM_", StringComparison.Ordinal)
        || (BuiltIn().Match(name) is { Success: true } match && Schemas.Any(schema => match.Groups["rest"].Value is var rest
            && rest.StartsWith(schema, StringComparison.Ordinal) && (rest.Length == schema.Length || !char.IsAsciiLetterLower(rest[schema.Length]))));

    /// <summary>Whether it reads what is not in the workspace.</summary>
    public static bool IsRemote(string name) => Remote.Contains(name);

    /// <summary>The built-in parser that does the same as one that has to be deployed (imDns, ASimDns, vimDnsAzureFirewall); null for other names.</summary>
    public static string? BuiltInFor(string name)
    {
        // imProcess and vimProcessMicrosoftSysmon are older names.
        if (OlderProcess().IsMatch(name))
        {
            return name.StartsWith("ASim", StringComparison.Ordinal) ? "_ASim_ProcessEvent" : "_Im_ProcessEvent";
        }

        if (Deployed().Match(name) is not { Success: true } match
            || Schemas.FirstOrDefault(schema => match.Groups["rest"].Value.StartsWith(schema, StringComparison.Ordinal)) is not { } found)
        {
            return null;
        }

        return (match.Groups["prefix"].Value == "ASim" ? "_ASim_" : "_Im_") + found;
    }

    /// <summary>Names of built-in parsers, for "did you mean".</summary>
    public static IEnumerable<string> Names => Schemas.SelectMany(schema => new[] { "_Im_" + schema, "_ASim_" + schema });

    [GeneratedRegex(@"^_(Im|ASim)_(?<rest>\w+)\z")]
    private static partial Regex BuiltIn();

    [GeneratedRegex(@"^(im|vim|ASim)_?Process([A-Z]\w*)?\z")]
    private static partial Regex OlderProcess();

    [GeneratedRegex(@"^(?<prefix>im|vim|ASim)_?(?<rest>[A-Z]\w+)\z")]
    private static partial Regex Deployed();
}
