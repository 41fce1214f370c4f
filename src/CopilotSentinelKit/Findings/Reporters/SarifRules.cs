using System.Text;
using System.Text.Json.Nodes;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings.Reporters;

/// <summary>What SARIF says of a code, from its page.</summary>
internal static class SarifRules
{
    // What GitHub takes of a name and of a description.
    private const int LongestName = 255;
    private const int LongestDescription = 1024;

    public static JsonObject Of(string code)
    {
        var page = FindingPages.Find(code) ?? Unknown(code);
        return new()
        {
            ["id"] = code,
            ["name"] = ReportText.Cut(Pascal(page.Title), LongestName),
            ["shortDescription"] = Text(page.Title + "."),
            ["fullDescription"] = Text(page.ProtectsFrom),
            ["defaultConfiguration"] = new JsonObject { ["level"] = page.SeverityWord },
            ["help"] = new JsonObject
            {
                ["text"] = page.Body.Length > 0 ? page.Body : page.ProtectsFrom,
                ["markdown"] = $"**{page.Title}**\n\n{page.Body}\n\nProtects from: {page.ProtectsFrom}\n\n`csk explain {code}` shows examples.",
            },
            ["properties"] = new JsonObject
            {
                ["tags"] = new JsonArray(page.Group.Length > 0 ? page.Group : "KQL"),
                ["problem.severity"] = page.Severity switch
                {
                    FindingSeverity.Error => "error",
                    FindingSeverity.Warning => "warning",
                    _ => "recommendation",
                },
            },
        };
    }

    private static JsonObject Text(string text) => SarifReporter.Text(ReportText.Cut(text, LongestDescription));

    // Kusto.Language has more codes than pages explain.
    private static FindingPage Unknown(string code) => new(
        code,
        $"{code} of Kusto.Language",
        FindingSeverity.Error,
        "The query is not sound KQL, or names what the workspace does not have.",
        FindingPage.NoneKnown,
        $"{code} is a code of Kusto.Language, Microsoft's own library for KQL; its message says what is wrong.",
        []);

    /// <summary>The words of a title joined, each with a capital.</summary>
    private static string Pascal(string title)
    {
        var name = new StringBuilder();
        var isStart = true;
        foreach (var character in title)
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                name.Append(isStart ? char.ToUpperInvariant(character) : character);
            }

            isStart = !char.IsAsciiLetterOrDigit(character) && character != '\'';
        }

        return name.ToString();
    }
}
