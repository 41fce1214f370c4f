using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Emit.Solutions;

/// <summary>Who wrote a solution, who supports it and where content comes from, as metadata says it each time.</summary>
/// <param name="Spec">The solution.</param>
/// <param name="Publisher">The project's publisher.</param>
internal sealed record SolutionParties(SolutionSpec Spec, string Publisher)
{
    public string Helper => Spec.Support.Name ?? Publisher;

    public OutputMap Author => OutputMap.Of(("name", Publisher), ("email", Spec.Support.Email));

    public OutputMap Support => OutputMap.Of(("name", Helper), ("email", Spec.Support.Email), ("tier", Spec.Support.Tier), ("link", Spec.Support.Link));

    public OutputMap Categories => OutputMap.Of(
        ("domains", OutputList.Of(Spec.Domains)),
        ("verticals", OutputList.Of(Spec.Verticals).OrNull()));

    public OutputMap Source => OutputMap.Of(("kind", "Solution"), ("name", Spec.Name.Value), ("sourceId", new ArmExpression("variables('_solutionId')")));

    public string Logo => $"<img src=\"https://raw.githubusercontent.com/Azure/Azure-Sentinel/master/Logos/{Spec.Logo}\" width=\"75px\" height=\"75px\">";
}
