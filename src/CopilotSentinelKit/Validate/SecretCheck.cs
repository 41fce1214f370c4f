using System.Text.RegularExpressions;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Texts with the form of a well-known secret. Queries and prose are left out: they name such forms to look for them.</summary>
internal static partial class SecretCheck
{
    private static readonly string[] Prose = ["query", "description", "serializedData", "rawContent", "transformKql", "markdown", "descriptionHtml"];

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["storage"] = "the key of a storage account",
        ["bus"] = "a shared access key",
        ["sas"] = "a signed address that anybody can use",
        ["private"] = "a private key",
        ["github"] = "a token of GitHub",
        ["slack"] = "a token of Slack",
        ["aws"] = "an access key of AWS",
        ["jwt"] = "a signed token",
    };

    public static IEnumerable<Finding> Run(ArmDocument document)
    {
        foreach (var text in YamlTexts.Of(document.Root, key => !Prose.Contains(key, StringComparer.OrdinalIgnoreCase)).Where(text => text.Value.Length > 15))
        {
            if (Secret().Match(text.Value) is { Success: true } match)
            {
                yield return ArmFindings.Secret(text.Locate(match.Index, match.Length), Names[Names.Keys.First(name => match.Groups[name].Success)]);
            }
        }
    }

    [GeneratedRegex("""
        (?<storage>AccountKey=[A-Za-z0-9+/]{86}==)
        |(?<bus>SharedAccessKey=[A-Za-z0-9+/]{43}=)
        |(?<sas>[?&]sig=[A-Za-z0-9%_-]{43,}(=|%3D)?)
        |(?<private>-----BEGIN[ ][A-Z ]*PRIVATE[ ]KEY-----)
        |(?<github>\bgh[pousr]_[A-Za-z0-9]{36}\b)
        |(?<slack>\bxox[abprs]-[0-9]{8,}-[0-9A-Za-z-]{8,})
        |(?<aws>\bAKIA[0-9A-Z]{16}\b)
        |(?<jwt>\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,})
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Secret();
}
