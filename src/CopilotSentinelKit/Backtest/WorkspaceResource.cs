using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Backtest;

/// <summary>A Log Analytics workspace by its id in Azure Resource Manager.</summary>
/// <param name="Id">The id, from /subscriptions on, without a final slash.</param>
/// <param name="Group">The id of its resource group.</param>
/// <param name="Name">Its name.</param>
public sealed partial record WorkspaceResource(string Id, string Group, string Name)
{
    /// <summary>The workspace of an id, or null when it is none.</summary>
    public static WorkspaceResource? Parse(string id) => Form().Match(id) is { Success: true } match
        ? new(id.TrimEnd('/'), match.Groups["group"].Value, match.Groups["name"].Value)
        : null;

    // Names as Resource Manager allows them: nothing of them changes a path or starts a query.
    [GeneratedRegex(@"\A(?<group>/subscriptions/[0-9a-f-]{36}/resourceGroups/[\w().-]{1,90})/providers/Microsoft\.OperationalInsights/workspaces/(?<name>[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9])/?\z", RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
