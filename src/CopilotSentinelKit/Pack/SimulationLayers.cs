using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Pack;

/// <summary>A project's simulation over the shipped one: a key that it has counts in place of the shipped one, its attacks are added, and one with the id of
/// a shipped attack takes its place.</summary>
internal static class SimulationLayers
{
    public static SimulationSpec? Merge(SimulationSpec? shipped, SimulationSpec? project)
    {
        if (shipped is null || project is null)
        {
            return project ?? shipped;
        }

        return shipped with
        {
            Keys = shipped.Keys.Union(project.Keys),
            Interaction = Has("interaction") ? project.Interaction : shipped.Interaction,
            Turn = Has("turn") ? project.Turn : shipped.Turn,
            Domain = Has("domain") ? project.Domain : shipped.Domain,
            Roles = Has("roles") ? project.Roles : shipped.Roles,
            Places = Has("places") ? project.Places : shipped.Places,
            Hosts = Has("hosts") ? project.Hosts : shipped.Hosts,
            Labels = Has("labels") ? project.Labels : shipped.Labels,
            Sites = Has("sites") ? project.Sites : shipped.Sites,
            Agents = Has("agents") ? project.Agents : shipped.Agents,
            Web = Has("web") ? project.Web : shipped.Web,
            Rates = shipped.Rates.SetItems(project.Rates),
            Delays = Has("delays") ? project.Delays : shipped.Delays,
            Routine = Has("routine") ? project.Routine : shipped.Routine,
            SignIns = Has("signIns") ? project.SignIns : shipped.SignIns,
            Watchlists = Has("watchlists") ? project.Watchlists : shipped.Watchlists,
            Attacks = [.. shipped.Attacks.Where(attack => project.Attacks.All(own => own.Id.Value != attack.Id.Value)), .. project.Attacks],
        };

        bool Has(string key) => project.Keys.Contains(key);
    }
}
