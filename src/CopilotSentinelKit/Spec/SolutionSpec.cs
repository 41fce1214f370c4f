using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>What Content Hub must know of the project: the key "solution" of kit.yaml.</summary>
/// <param name="Name">Its name, which is also that of its folder.</param>
/// <param name="PublisherId">The publisher's id in Partner Center.</param>
/// <param name="OfferId">The offer's id in Partner Center.</param>
/// <param name="Description">What it is for, in paragraphs.</param>
/// <param name="Support">Who helps.</param>
/// <param name="Releases">Its versions, newest first; at least one.</param>
/// <param name="Domains">Content Hub's domains that it belongs to.</param>
/// <param name="Verticals">Content Hub's industries that it is for.</param>
/// <param name="Logo">A file of the folder Logos of the Azure-Sentinel repository.</param>
public sealed record SolutionSpec(
    Spanned<string> Name,
    string PublisherId,
    string OfferId,
    string Description,
    SolutionSupport Support,
    ImmutableArray<SolutionRelease> Releases,
    ImmutableArray<string> Domains,
    ImmutableArray<string> Verticals,
    string Logo)
{
    /// <summary>Content Hub's id of the solution.</summary>
    public string Id => $"{PublisherId}.{OfferId}";

    /// <summary>The version that is packed.</summary>
    public string Version => Releases[0].Version;

    /// <summary>The solution, or null where a part without which there is none is missing or wrong, which is a finding already.</summary>
    internal static SolutionSpec? Read(SpecMap keys, ICollection<Finding> findings)
    {
        ImmutableArray<(SolutionRelease Release, SourceSpan Span)> releases =
        [
            .. from release in keys.Maps("releases")
               let version = release.TextOrEmpty("version")
               let date = release.TextOrEmpty("date")
               let changes = release.TextOrEmpty("changes")
               where Forms.Version.Matches(version.Value) && date.Value.Length > 0 && changes.Value.Length > 0
               select (new SolutionRelease(version.Value, date.Value, changes.Value), version.Span),
        ];
        foreach (var (newer, older) in releases.Zip(releases.Skip(1)))
        {
            if (System.Version.Parse(newer.Release.Version) <= System.Version.Parse(older.Release.Version) || string.CompareOrdinal(newer.Release.Date, older.Release.Date) < 0)
            {
                findings.Add(ModelFindings.ReleasesOutOfOrder(older.Span, older.Release.Version, newer.Release.Version));
            }
        }

        var help = keys.Map("support");

        // One that is written and wrong has its finding already, and is not there any more.
        if (help is not null && help.Value("email") is null && help.Value("link") is null && !findings.Any(finding => IsInside(finding.Span, help.Span)))
        {
            findings.Add(ModelFindings.SolutionWithoutHelp(help.Span));
        }

        return keys.Text("name") is { } name && keys.Text("publisherId") is { } publisher && keys.Text("offerId") is { } offer && keys.Text("description") is { } description
            && help is not null && !releases.IsEmpty
            ? new(
                name,
                publisher.Value,
                offer.Value,
                description.Value.Trim(),
                new(help.Text("name")?.Value, help.Text("email")?.Value, help.Text("link")?.Value, help.Text("tier")?.Value ?? SolutionShape.Tiers[0]),
                [.. releases.Select(release => release.Release)],
                keys.TextsOrNull("domains") is { } domains ? [.. domains.Select(domain => domain.Value)] : [SolutionShape.UsualDomain],
                [.. keys.Texts("verticals").Select(vertical => vertical.Value)],
                keys.Text("logo")?.Value ?? SolutionShape.UsualLogo)
            : null;
    }

    private static bool IsInside(SourceSpan inner, SourceSpan outer) => inner.File == outer.File && inner.Start >= outer.Start && inner.Start < outer.Start + outer.Length;
}

/// <summary>Who helps with a solution.</summary>
/// <param name="Name">Their name, or null for the publisher's.</param>
/// <param name="Email">Where to write, or null.</param>
/// <param name="Link">Where to read, or null.</param>
/// <param name="Tier">Partner, Community or Microsoft.</param>
public sealed record SolutionSupport(string? Name, string? Email, string? Link, string Tier);

/// <summary>A version of a solution.</summary>
/// <param name="Version">3.X.Y.</param>
/// <param name="Date">Its day, as 2026-01-31.</param>
/// <param name="Changes">What is new, in a line.</param>
public sealed record SolutionRelease(string Version, string Date, string Changes);
