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

    private readonly CloudOptions _cloud = new(
        "Azure Resource Manager", cloud => cloud.Manager, (cloud, address) => cloud.HasManager(address), cloud => $"{cloud.Manager.Host} or a host below it");

    public void AddTo(Command command)
    {
        command.Options.Add(_workspace);
        _cloud.AddTo(command);
    }

    /// <summary>Whether a workspace was named.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_workspace) is not null;

    /// <summary>Why nothing can be asked, or null.</summary>
    public string? Mistake(ParseResult parsed) => _cloud.Mistake(parsed);

    /// <summary>The content of the workspace that was named.</summary>
    public DeployedContent Content(ParseResult parsed, HttpClient http) =>
        new(_cloud.Address(parsed), parsed.GetValue(_workspace)!, http, TimeProvider.System, _cloud.Tokens(parsed));

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
