using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Simulate;

/// <summary>What a simulation needs that its keys alone do not say.</summary>
internal static class SimulationChecks
{
    private static readonly string[] Needed = ["interaction", "turn", "domain", "roles", "places", "hosts", "sites"];

    /// <summary>Keys without which there is no tenant.</summary>
    public static IEnumerable<string> Missing(SimulationSpec spec) => Needed.Where(key => !spec.Keys.Contains(key));

    /// <summary>Finds names that nothing bears.</summary>
    public static void Check(SimulationSpec spec, ICollection<Finding> findings)
    {
        var (roles, sites) = (spec.Roles.Select(role => role.Name).ToList(), spec.Sites.Select(site => site.Name.Value).ToList());
        Named("role", spec.Routine.Select(routine => routine.By).Concat(spec.Attacks.Select(attack => attack.By)), roles);
        Named("site", spec.Roles.SelectMany(role => role.Sites).Concat(spec.Agents.Select(agent => agent.Site).OfType<Spanned<string>>()), sites);

        void Named(string kind, IEnumerable<Spanned<string>> names, List<string> known)
        {
            foreach (var name in names.Where(name => !known.Contains(name.Value)))
            {
                findings.Add(SimulationFindings.Unknown(name.Span, kind, name.Value, known));
            }
        }
    }
}
