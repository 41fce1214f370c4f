using System.Text.RegularExpressions;
using CopilotSentinelKit.Generate.Templates;

namespace CopilotSentinelKit.Emit.Formats;

/// <summary>Writes values and names of Bicep: https://learn.microsoft.com/azure/azure-resource-manager/bicep/data-types. Text of several lines stands as it is
/// between three quotes, so that KQL can be read.</summary>
internal sealed partial class BicepText : LiteralWriter
{
    public static BicepText Instance { get; } = new();

    /// <summary>A name, as of a resource or a parameter.</summary>
    /// <exception cref="TemplateMistake">Bicep takes no such name.</exception>
    public static string Name(string name) => Identifier().IsMatch(name) ? name
        : throw TemplateMistake.Value($"\"{name}\" is no name in Bicep: letters, digits and \"_\", and no digit first.");

    /// <inheritdoc/>
    protected override string Text(string value, int indent) => FitsLines(value) ? $"'''\n{value}'''" : Quoted(value);

    /// <inheritdoc/>
    protected override string Expression(string code) => Shared().IsMatch(code) ? Parameter().Replace(code, "$1") : throw TemplateMistake.Value($"The expression \"{code}\" of ARM has no form in Bicep here; write that member in the template itself.");

    /// <inheritdoc/>
    protected override string Key(string key) => (Identifier().IsMatch(key) ? key : Quoted(key)) + ": ";

    // Between three quotes nothing is escaped, so nothing that ends them may be in the text.
    private static bool FitsLines(string value) =>
        HasLines(value) && !value.EndsWith('\'') && !value.Contains("'''", StringComparison.Ordinal);

    private static string Quoted(string value) => Quoted(value, '\'', code => $"\\u{{{code:x}}}").Replace("${", @"\${", StringComparison.Ordinal);

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"parameters\('([A-Za-z_][A-Za-z0-9_]*)'\)")]
    private static partial Regex Parameter();

    // What Bicep writes as ARM does, but for parameters, which it names.
    [GeneratedRegex(@"\A(parameters\('[A-Za-z_][A-Za-z0-9_]*'\)|subscription\(\)\.tenantId|(extensionResourceId|resourceId)\(|'[^'$\\]*'|, ?|\))+\z")]
    private static partial Regex Shared();
}
