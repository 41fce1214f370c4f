using System.CommandLine;
using System.CommandLine.Parsing;
using CopilotSentinelKit.Backtest;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>Which workspace's content is read through Azure Resource Manager, and how.</summary>
internal sealed class ManagedWorkspaceOptions
{
    private readonly Option<WorkspaceResource?> _workspace = new("--workspace")
    {
        Description = "Read the workspace itself, by its resource id: /subscriptions/.../resourceGroups/.../providers/Microsoft.OperationalInsights/workspaces/NAME. Nothing is changed there. You sign in as Azure.Identity finds you: environment variables, a managed identity, \"az login\" and so on.",
        CustomParser = Parse,
        HelpName = "ID",
    };

    private readonly Option<AzureCloud?> _cloud = WorkspaceOptions.CloudOption();
    private readonly Option<Uri?> _endpoint = WorkspaceOptions.EndpointOption("Azure Resource Manager");

    public void AddTo(Command command)
    {
        command.Options.Add(_workspace);
        command.Options.Add(_cloud);
        command.Options.Add(_endpoint);
    }

    /// <summary>Whether a workspace was named.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_workspace) is not null;

    /// <summary>Why nothing can be asked, or null.</summary>
    public string? Mistake(ParseResult parsed) => parsed.GetValue(_endpoint) is { IsLoopback: false } endpoint && !CloudOf(parsed).HasManager(endpoint)
        ? $"--endpoint: \"{endpoint.Host}\" is no host of Azure's cloud \"{CloudOf(parsed).Name}\", and your token is for nobody else. Name {CloudOf(parsed).Manager.Host} or a host below it, or the right --cloud."
        : null;

    /// <summary>The content of the workspace that was named.</summary>
    public DeployedContent Content(ParseResult parsed, HttpClient http)
    {
        var cloud = CloudOf(parsed);
        var address = parsed.GetValue(_endpoint) ?? cloud.Manager;
        var token = address.Scheme == Uri.UriSchemeHttps && cloud.HasManager(address) ? SignIn.Tokens(WorkspaceOptions.Authority(cloud), cloud.Manager.GetLeftPart(UriPartial.Authority) + "/.default") : null;
        return new(address, parsed.GetValue(_workspace)!, http, TimeProvider.System, token);
    }

    private AzureCloud CloudOf(ParseResult parsed) => parsed.GetValue(_cloud) ?? AzureCloud.Public;

    private static WorkspaceResource? Parse(ArgumentResult argument)
    {
        var written = argument.Tokens[0].Value;
        var workspace = WorkspaceResource.Parse(written);
        if (workspace is null)
        {
            argument.AddError($"\"{written}\" is no resource id of a workspace such as /subscriptions/74be27de-1e4e-49d9-b579-fe0b331d3642/resourceGroups/soc/providers/Microsoft.OperationalInsights/workspaces/sentinel.");
        }

        return workspace;
    }
}
