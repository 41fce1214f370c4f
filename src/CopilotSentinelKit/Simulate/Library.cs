using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Simulate;

/// <summary>What there is to read: files of sites and OneDrives, mails, web pages; with their labels, and what policies say of them.</summary>
internal sealed class Library(SimulationSpec spec, ImmutableArray<Person> people, int seed)
{
    private static readonly ImmutableArray<string> _types = ["docx", "docx", "docx", "pptx", "xlsx", "xlsx", "pdf", "pdf", "txt"];
    private readonly string _tenant = spec.Domain.Split('.')[0];

    /// <summary>Something that somebody's Copilot reads.</summary>
    /// <param name="person">Who.</param>
    /// <param name="mail">Of a hundred things, how many are mails.</param>
    /// <param name="chance">Decides.</param>
    public Value Thing(Person person, int mail, Chance chance)
    {
        if (chance.Happens(mail))
        {
            var id = chance.Guid();
            return Policies(chance, ("Id", id), ("Name", $"Message {id[..8]}"), ("Type", "EmailMessage"), ("SiteUrl", $"https://outlook.office365.com/owa/?ItemID={id}"));
        }

        if (chance.Happens(12))
        {
            // Mostly the own OneDrive, now and then what a colleague shared.
            var owner = chance.Happens(75) ? person : people[chance.Below(people.Length)];
            return File($"https://{_tenant}-my.sharepoint.com/personal/{owner.Upn.Replace('@', '_').Replace('.', '_')}/Documents", "OneDrive", owner.Upn, 200, null, chance);
        }

        var site = person.Role.Sites is { IsEmpty: false } own && chance.Happens(55)
            ? spec.Sites.FirstOrDefault(known => known.Name.Value == own[chance.Below(own.Length)].Value) ?? spec.Sites[0]
            : chance.Of(spec.Sites, known => known.Share);
        return OfSite(site, chance);
    }

    /// <summary>A file of a site.</summary>
    public Value OfSite(SimulatedSite site, Chance chance) =>
        File($"https://{_tenant}.sharepoint.com/sites/{site.Name.Value}/Shared%20Documents", site.Name.Value, site.Name.Value, site.Files, site, chance);

    /// <summary>A page of the web that an answer cites.</summary>
    public Value Page(Chance chance)
    {
        var host = spec.Web.IsEmpty ? "www.example.com" : chance.Of(spec.Web);
        return Members.Bag(("SiteUrl", Value.Of($"https://{host}/{chance.Below(500).ToString(CultureInfo.InvariantCulture)}")), ("Type", Value.Of("CITATION")));
    }

    private Value File(string url, string site, string owner, int files, SimulatedSite? labelled, Chance chance)
    {
        // Some files are read far more often than others.
        var number = Math.Min(chance.Below(files), chance.Below(files)).ToString(CultureInfo.InvariantCulture);
        var of = Chance.Of(seed, "file", owner, number);
        var type = of.Of(_types);
        var left = of.Below(100);
        var label = spec.Labels.FirstOrDefault(label => (left -= labelled is { Labels.Count: > 0 } ? labelled.Labels.GetValueOrDefault(label.Name) : label.Share) < 0);
        var name = $"{site} {number}.{type}";
        return Policies(
            chance, ("Id", $"{url}/{Uri.EscapeDataString(name)}"), ("Name", name), ("Type", type), ("SiteUrl", $"{url}/{Uri.EscapeDataString(name)}"), ("ListItemUniqueId", of.Guid()), ("SensitivityLabelId", label?.Id));
    }

    private Value Policies(Chance chance, params ReadOnlySpan<(string Name, string? Text)> members)
    {
        var upper = chance.Happens(Rate("otherSpelling"), 10_000);
        var bag = new List<(string, Value)> { ("Action", Value.Of("Read")) };
        foreach (var (name, text) in members)
        {
            if (text is not null)
            {
                bag.Add((upper && name == "Id" ? "ID" : name, Value.Of(text)));
            }
        }

        if (chance.Happens(Rate("policyText"), 10_000))
        {
            bag.Add(("PolicyDetails", Value.Of("""[{"PolicyType":"Purview","PolicyOutcomes":["None"],"AuditLog":""}]""")));
        }
        else if (chance.Happens(Rate("auditOnly"), 10_000))
        {
            bag.Add(("PolicyDetails", Rule("Watch files of customers", "Audit only", "NotifyUser")));
        }
        else if (chance.Happens(Rate("blocked"), 10_000))
        {
            bag.Add(("Status", Value.Of("failure")));
            bag.Add(("PolicyDetails", Rule("Keep Copilot out of contracts", "Enforce", "BlockAccess")));
        }
        else if (chance.Happens(Rate("failed"), 10_000))
        {
            bag.Add(("Status", Value.Of("failure")));
        }
        else if (chance.Happens(50))
        {
            bag.Add(("Status", Value.Of("success")));
        }

        if (chance.Happens(92))
        {
            bag.Add(("XPIADetected", Value.Of(chance.Happens(Rate("injectionFlag"), 10_000))));
        }

        return Members.Bag([.. bag]);
    }

    private static Value Rule(string policy, string mode, string action) => Members.List(Members.Bag(
        ("PolicyId", Value.Of("3f7a2c10-5b6d-4e8f-9a01-2b3c4d5e6f70")),
        ("PolicyName", Value.Of(policy)),
        ("Rules", Members.List(Members.Bag(("RuleId", Value.Of("r-1")), ("RuleName", Value.Of(policy)), ("Actions", Members.List(Value.Of(action))), ("Severity", Value.Of("Low")), ("RuleMode", Value.Of(mode)))))));

    private int Rate(string name) => spec.Rates.GetValueOrDefault(name);
}
