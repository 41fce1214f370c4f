using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Simulate;

/// <summary>Conversations of people with Copilot and its agents, in all forms in which records tell of them.</summary>
/// <param name="spec">The tenant.</param>
/// <param name="interaction">The record of an interaction.</param>
/// <param name="turn">The two records of a turn with an agent: the runtime's and the client's.</param>
/// <param name="library">What there is to read.</param>
/// <param name="seed">The seed.</param>
internal sealed class Interactions(SimulationSpec spec, AuditRecord interaction, (AuditRecord Runtime, AuditRecord Client) turn, Library library, int seed)
{
    private static readonly TimeSpan _longestPause = TimeSpan.FromMinutes(7);

    /// <summary>A conversation with Copilot.</summary>
    /// <param name="person">Who.</param>
    /// <param name="start">When it begins, UTC.</param>
    /// <param name="prompts">How many prompts it has.</param>
    /// <param name="where">From where.</param>
    /// <param name="chance">Decides.</param>
    public IEnumerable<SimulatedEvent> Conversation(Person person, DateTime start, int prompts, Whereabouts where, Chance chance)
    {
        var host = chance.Of(spec.Hosts, host => host.Share);
        var thread = Thread(chance);
        var at = start;
        for (var prompt = 0; prompt < prompts; prompt++)
        {
            var things = new List<Value>();
            for (var left = chance.Happens(host.Reads) ? 1 + Math.Min(chance.Below(6), chance.Below(6)) : 0; left > 0; left--)
            {
                things.Add(library.Thing(person, host.Mail, chance));
            }

            var searches = person.SearchesWeb && chance.Happens(host.Web);
            if (searches)
            {
                things.Add(library.Page(chance));
            }

            yield return Made(interaction, person, at, where, chance,
                [("AppIdentity", Value.Of(host.Identity))],
                [("AppHost", Value.Of(host.Name)), ("ThreadId", thread), ("Messages", Messages(at, chance)), ("Contexts", Members.List()), ("AccessedResources", Members.List([.. things])), ("AISystemPlugin", searches ? Members.List(Members.Bag(("Id", Value.Of("BingWebSearch")), ("Name", Value.Of("BuiltIn")))) : Members.List())]);
            at += chance.Between(TimeSpan.FromSeconds(25), _longestPause);
        }
    }

    /// <summary>Turns with an agent.</summary>
    public IEnumerable<SimulatedEvent> WithAgent(Person person, SimulatedAgent agent, DateTime start, int turns, Whereabouts where, Chance chance)
    {
        var own = Chance.Of(seed, "agent", agent.Name);
        var (id, title, environment) = (own.Guid(), own.Guid(), own.Guid());
        var (conversation, thread, runtimeThread) = (Value.Of(chance.Guid()), Thread(chance), Thread(chance));
        var site = spec.Sites.FirstOrDefault(site => site.Name.Value == agent.Site?.Value);
        var at = start;
        for (var number = 0; number < turns; number++)
        {
            var read = Members.List([.. Enumerable.Range(0, site is null ? 0 : chance.Below(4)).Select(_ => library.OfSite(site!, chance))]);
            switch (agent.Form)
            {
                case AgentForm.Twins or AgentForm.Runtime:
                    var identity = Value.Of($"Copilot.Studio.Default-{environment}-{agent.Name.ToLowerInvariant().Replace(' ', '_')}");
                    yield return Made(turn.Runtime, person, at, where, chance,
                        [("AgentId", Value.Of(id)), ("AppIdentity", identity), ("PlatformAgentId", Value.Of($"{environment}_{title}"))],
                        [("AppHost", Value.Of(agent.Form == AgentForm.Runtime ? "Microsoft Teams" : "m365copilot")), ("ConversationId", conversation), ("ThreadId", runtimeThread), ("AccessedResources", read)]);
                    if (agent.Form == AgentForm.Twins)
                    {
                        yield return Made(turn.Client, person, at + chance.Between(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(8)), where, chance,
                            [("AgentId", Value.Of($"T_{title}.{id}")), ("AgentName", Value.Of(agent.Name)), ("AppIdentity", Value.Of($"Copilot.Studio.CustomEngine.T_{title}"))],
                            [("ConversationId", conversation), ("ThreadId", thread), ("TargetAgentName", Value.Of(agent.Name)), ("TargetPlatformAgentId", Value.Of($"T_{title}")), ("Messages", Messages(at, chance)), ("AccessedResources", chance.Happens(60) ? read : Members.List())]);
                    }

                    break;
                default:
                    yield return Made(interaction, person, at, where, chance,
                        [("AgentId", Value.Of(agent.Form == AgentForm.SharePoint ? $"SharePointAgents.Declarative.SPO_{id}" : $"CopilotStudio.Declarative.T_{title}.{id}")), ("AgentName", Value.Of(agent.Name))],
                        [("AppHost", Value.Of(agent.Form == AgentForm.SharePoint ? "SharePoint" : "Office")), ("ThreadId", thread), ("Messages", Messages(at, chance)), ("Contexts", Members.List()), ("AccessedResources", read)]);
                    break;
            }

            at += chance.Between(TimeSpan.FromSeconds(25), _longestPause);
        }
    }

    private SimulatedEvent Made(AuditRecord template, Person person, DateTime at, Whereabouts where, Chance chance, ReadOnlySpan<(string Name, Value Value)> members, ReadOnlySpan<(string Name, Value Value)> data)
    {
        var isService = Happens("serviceAddress", chance);
        var address = isService ? string.Create(CultureInfo.InvariantCulture, $"249.{chance.Between(1, 6)}.{chance.Between(1, 254)}.{chance.Between(1, 254)}")
            : Happens("placeholderAddress", chance) ? "0.0.0.0"
            : Happens("noAddress", chance) ? ""
            : Happens("mappedAddress", chance) ? "::ffff:" + where.Address
            : where.Address;
        var eventData = Members.With(template.Members.Find("CopilotEventData").AsBag ?? DynamicBag.Empty, data);
        if (Happens("deferred", chance))
        {
            eventData = Members.With(eventData, ("DLPEvaluationDeferred", Value.Of((long)chance.Of<int>([1, 2, 4, 4, 4, 8]))), ("DLPEvaluationDeferredReason", Value.Of("Timeout")));
        }

        var record = Members.With(template.Members, members);
        record = Members.With(
            record,
            ("Id", Value.Of(chance.Guid())),
            ("CreationTime", Members.Time(at)),
            ("OrganizationId", interaction.Members.Find("OrganizationId")),
            ("UserId", Value.Of(person.Upn)),
            ("UserKey", Value.Of(person.ObjectId)),
            ("ClientIP", Value.Of(address)),
            ("ClientRegion", Value.Of(Happens("noRegion", chance) ? "" : where.Region)),
            ("CopilotEventData", Value.Of(eventData)));
        return new(at, template with { Members = record }, Fields(where, isService, address));
    }

    private static ImmutableSortedDictionary<string, string> Fields(Whereabouts where, bool isService, string address)
    {
        var fields = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        fields["UserAgent"] = where.UserAgent;
        if (address is not ("" or "0.0.0.0"))
        {
            (fields["SrcCountryCode"], fields["SrcIsp"]) = (where.Country, isService ? "Microsoft Corporation" : where.Provider);
        }

        return fields.ToImmutable();
    }

    private Value Messages(DateTime at, Chance chance)
    {
        if (Happens("noMessages", chance))
        {
            return Members.List();
        }

        var number = (at.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
        var prompt = Members.Bag(
            ("Id", Value.Of(number.ToString(CultureInfo.InvariantCulture))),
            ("isPrompt", Value.Of(true)),
            ("JailbreakDetected", chance.Happens(95) ? Value.Of(Happens("jailbreakFlag", chance)) : Value.Null));
        return Happens("singleMessage", chance) ? prompt : Members.List(prompt, Members.Bag(("Id", Value.Of((number + 1).ToString(CultureInfo.InvariantCulture))), ("isPrompt", Value.Of(false))));
    }

    private static Value Thread(Chance chance) => Value.Of($"19:{chance.Guid()}@thread.v2");

    private bool Happens(string rate, Chance chance) => chance.Happens(spec.Rates.GetValueOrDefault(rate), 10_000);
}
