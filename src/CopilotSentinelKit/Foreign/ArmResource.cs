using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>How a resource is deployed.</summary>
internal enum ArmNesting
{
    /// <summary>By the file itself.</summary>
    Top,

    /// <summary>By a deployment inside the file.</summary>
    Nested,

    /// <summary>Stored in a content package, from which Sentinel installs it.</summary>
    Packaged,
}

/// <summary>A resource of a template.</summary>
/// <param name="Type">Its type in lower case, that of its parents included.</param>
/// <param name="Keys">Its object.</param>
/// <param name="Nesting">How it is deployed.</param>
/// <param name="Version">The version of the package item that holds it; empty without one.</param>
internal sealed partial record ArmResource(string Type, ArmMap Keys, ArmNesting Nesting, Spanned<string> Version)
{
    /// <summary>Whether its type is one that is read.</summary>
    public bool IsContent => ContentType().IsMatch(Type);

    /// <summary>Its properties, or null when only the deployment knows them.</summary>
    public ArmMap? Properties { get; } = Keys.Object("properties");

    /// <summary>Its own name without those of its parents, as far as it is written; empty when only the deployment knows it.</summary>
    public Spanned<string> Name { get; } = NameOf(Keys);

    /// <summary>The GUID in its name, or the empty one.</summary>
    public Guid Guid => Guid.TryParse(Name.Value, out var guid) ? guid : Guid.Empty;

    /// <summary>Whether its type is one of these, whatever provider it is nested under.</summary>
    public bool Is(string provider, string kind) =>
        Type == $"{provider}/{kind}" || Type == $"microsoft.operationalinsights/workspaces/providers/{kind}" || Type == $"microsoft.operationalinsights/workspaces/{kind}";

    private static Spanned<string> NameOf(ArmMap keys)
    {
        if (keys.Entry("name")?.Value is not YamlText written)
        {
            return new("", keys.Subject);
        }

        var text = keys.Scope.Resolve(written) is YamlText literal ? literal.Value : LastPart().Match(written.Value).Groups["text"].Value;
        var name = text[(text.LastIndexOf('/') + 1)..];
        return new(name.Contains('{', StringComparison.Ordinal) ? "" : name, written.Span);
    }

    // "[concat(parameters('workspace'), '/Microsoft.SecurityInsights/<id>')]", or from Bicep "[format('{0}/Microsoft.SecurityInsights/<id>', ...)]" and
    // "[format('{0}/{1}', ..., '<id>')]".
    [GeneratedRegex(@"^\[\s*(concat\(.*,\s*'(?<text>[^']*)'\s*\)|format\(\s*'[^']*\{[0-9]\}'\s*,.*,\s*'(?<text>[^']*)'\s*\)|format\(\s*'(?<text>[^']*)'.*)\s*\]\z", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex LastPart();

    [GeneratedRegex(@"^(microsoft\.securityinsights|microsoft\.operationalinsights/workspaces(/providers)?)/(alertrules|alertruletemplates|watchlists|automationrules)\z|^microsoft\.operationalinsights/(workspaces/)?savedsearches\z|^microsoft\.insights/(workbooks|datacollectionrules)\z|^microsoft\.operationalinsights/workspaces/(tables|summarylogs)\z")]
    private static partial Regex ContentType();
}
