using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Backtest;

/// <summary>What a workspace has, read through the REST API of Azure Resource Manager. It only asks (GET); nothing is changed.</summary>
public sealed class DeployedContent
{
    // A list that leads to itself would never end.
    private const int MostPages = 1000;

    private readonly RemoteClient _client;
    private readonly Uri _address;
    private readonly WorkspaceResource _workspace;

    /// <summary>A workspace.</summary>
    /// <param name="address">Resource Manager, such as <c>https://management.azure.com</c>.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="http">What sends; its own timeout should be infinite.</param>
    /// <param name="time">The clock that waits go by.</param>
    /// <param name="token">Gives tokens; null where nobody signs in.</param>
    /// <param name="options">How patient it is; null for the defaults.</param>
    public DeployedContent(Uri address, WorkspaceResource workspace, HttpClient http, TimeProvider time, TokenSource? token, RemoteOptions? options = null) =>
        (_client, _address, _workspace) = (new(http, time, address, token, options ?? new()), address, workspace);

    /// <summary>The answers of the service, a file for each page of a list, as <c>az rest</c> would save them.</summary>
    /// <returns>The files; with a finding, only what came before it.</returns>
    public async Task<(ImmutableArray<SpecFile> Pages, Finding? Fault)> ReadAsync(CancellationToken cancellation)
    {
        var pages = ImmutableArray.CreateBuilder<SpecFile>();
        foreach (var (name, path) in Lists())
        {
            var next = path;
            for (var page = 1; next.Length > 0; page++)
            {
                var shown = FormattableString.Invariant($"{_workspace.Name}/{name}-{page}.json");
                var (answer, fault) = await _client.GetAsync(next, cancellation).ConfigureAwait(false);
                using (answer)
                {
                    if (answer is null || page > MostPages || Next(answer.RootElement) is not { } following)
                    {
                        var place = new SourceSpan(new SourceFile(shown, ""), 0, 0);
                        return (pages.ToImmutable(), fault?.At(place) ?? RemoteFindings.NotAReply(place, _client.Name, "the list goes on at another host, or without end"));
                    }

                    pages.Add(new(shown, shown, Encoding.UTF8.GetBytes(answer.RootElement.GetRawText())));
                    next = following;
                }
            }
        }

        return (pages.ToImmutable(), null);
    }

    // In the versions that the templates deploy with.
    private IEnumerable<(string Name, string Path)> Lists()
    {
        const string Sentinel = "/providers/Microsoft.SecurityInsights/";
        yield return ("alertRules", $"{_workspace.Id}{Sentinel}alertRules?api-version={ArmContent.SecurityInsights}");
        yield return ("automationRules", $"{_workspace.Id}{Sentinel}automationRules?api-version={AutomationArm.Version}");
        yield return ("watchlists", $"{_workspace.Id}{Sentinel}watchlists?api-version={ArmContent.SecurityInsights}");
        yield return ("savedSearches", $"{_workspace.Id}/savedSearches?api-version={ArmContent.SavedSearches}");
        yield return ("summaryLogs", $"{_workspace.Id}/summaryLogs?api-version={SummaryArm.Version}");
        yield return ("workbooks", $"{_workspace.Group}/providers/Microsoft.Insights/workbooks?api-version={WorkbookArm.Version}&category=sentinel&canFetchContent=true");
    }

    // Where a list goes on: empty at its end, null when that is another host, which would get the token.
    private string? Next(JsonElement answer) =>
        answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("nextLink", out var link) || link is { ValueKind: JsonValueKind.Null } ? ""
        : link.ValueKind == JsonValueKind.String && link.ValueEquals("") ? ""
        : link.ValueKind == JsonValueKind.String && Uri.TryCreate(_address, link.GetString(), out var next) && next.GetLeftPart(UriPartial.Authority) == _address.GetLeftPart(UriPartial.Authority) ? next.PathAndQuery
        : null;
}
