using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Tests.Architecture;

/// <summary>What may be in the repository, and what may not.</summary>
internal sealed partial class CheckoutTests
{
    private static readonly string[] TopLevel = ["CopilotSentinelKit.sln", "README.md", "rules", "src", "templates", "tests"];

    // Hosts that the project speaks of. A registry or mirror that somebody's machine happens to use is none of them.
    private static readonly string[] Hosts =
    [
        "dotnet.microsoft.com", "learn.microsoft.com", "schema.management.azure.com", "management.azure.com", "management.usgovcloudapi.net", "management.chinacloudapi.cn", "nodejs.org", "www.w3.org", "json.schemastore.org", "json-schema.org", "github.com",
        "attack.mitre.org", "atlas.mitre.org", "genai.owasp.org", "owasp.org", "api.loganalytics.azure.com", "api.loganalytics.us", "api.loganalytics.azure.cn",
        "help.kusto.windows.net", "monitor.azure.com", "graph.microsoft.com", "developer.hashicorp.com", "spec.commonmark.org", "html.spec.whatwg.org", "CLUSTER", "localhost", "127.0.0.1",

        // Whose web links simulated mails have.
        "outlook.office365.com",

        // Where Content Hub takes the pictures of solutions from.
        "raw.githubusercontent.com",

        // Where a library of package-lock.json asks for donations.
        "opencollective.com",
    ];

    // In two parts each, so that this file does not match itself.
    private static readonly string[] MachinePaths = ["/wo" + "rk/", "/tm" + "p/", "sha" + "red/", "/ro" + "ot/", "/ho" + "me/"];

    [Test]
    public void The_top_level_is_as_agreed() =>
        Assert.That(
            SourceFiles.Committed.Select(path => path.Split('/')[0]).Distinct().Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal),
            Is.EqualTo(TopLevel));

    [Test]
    public void No_file_names_a_place_of_the_machine_it_was_written_on()
    {
        foreach (var path in SourceFiles.Committed)
        {
            var text = SourceFiles.Read(path);
            Assert.That(MachinePaths.Where(place => text.Contains(place, StringComparison.Ordinal)), Is.Empty, path);
            if (path.StartsWith("rules/tests/", StringComparison.Ordinal) || path.StartsWith("rules/events/", StringComparison.Ordinal))
            {
                // What people open and search is in records, so any host is in those of tests.
                continue;
            }

            Assert.That(Host().Matches(text).Select(match => match.Groups[1].Value).Except(Hosts).Where(host => !IsExample(host)), Is.Empty, path);
        }
    }

    [Test]
    public void Lock_files_hold_no_download_addresses()
    {
        var locks = SourceFiles.Committed.Where(path => path.EndsWith("package-lock.json", StringComparison.Ordinal) || path.EndsWith("packages.lock.json", StringComparison.Ordinal)).ToList();
        Assert.That(locks, Has.Count.AtLeast(4));
        foreach (var path in locks)
        {
            Assert.That(SourceFiles.Read(path), Does.Not.Match(@"""resolved"":\s*""\w+://|\.tgz|\.nupkg"), path);
        }
    }

    [Test]
    public void Text_has_LF_line_ends() =>
        Assert.That(SourceFiles.Committed.Where(path => SourceFiles.Read(path).Contains('\r', StringComparison.Ordinal)), Is.Empty);

    private static bool IsExample(string host) =>
        host.EndsWith("example.com", StringComparison.Ordinal) || host.EndsWith("fabrikam.com", StringComparison.OrdinalIgnoreCase) || host.EndsWith("example.org", StringComparison.Ordinal) || host.EndsWith(".example", StringComparison.Ordinal) || host.StartsWith("contoso.", StringComparison.OrdinalIgnoreCase) || host.StartsWith("contoso-", StringComparison.Ordinal) || host.EndsWith("contoso.com", StringComparison.Ordinal);

    [GeneratedRegex(@"https?://([\w.-]+)")]
    private static partial Regex Host();
}
