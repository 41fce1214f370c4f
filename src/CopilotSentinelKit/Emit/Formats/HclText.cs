using System.Text.RegularExpressions;
using CopilotSentinelKit.Generate.Templates;

namespace CopilotSentinelKit.Emit.Formats;

/// <summary>Writes values and names of Terraform's language: https://developer.hashicorp.com/terraform/language/expressions/strings. Text of several lines is a
/// heredoc, so that KQL can be read; <c>chomp</c> takes off the line end that a heredoc always has.</summary>
internal sealed partial class HclText : LiteralWriter
{
    public static HclText Instance { get; } = new();

    /// <inheritdoc/>
    protected override string ItemEnd => ",";

    /// <summary>A name, as of a resource or an argument.</summary>
    /// <exception cref="TemplateMistake">Terraform takes no such name.</exception>
    public static string Name(string name) => Identifier().IsMatch(name) ? name
        : throw TemplateMistake.Value($"\"{name}\" is no name in Terraform: letters, digits, \"_\" and \"-\", and no digit first.");

    /// <inheritdoc/>
    protected override string Text(string value, int indent) => FitsLines(value) ? $"chomp(<<EOT\n{Escaped(value)}\nEOT\n{new string(' ', indent)})" : Quoted(value);

    /// <inheritdoc/>
    protected override string Expression(string code) =>
        throw TemplateMistake.Value("An expression of ARM has no form in Terraform; write that member in the template itself.");

    /// <inheritdoc/>
    protected override string Key(string key) => (Identifier().IsMatch(key) ? key : Quoted(key)) + " = ";

    private static bool FitsLines(string value) =>
        HasLines(value) && !value.EndsWith('\n') && !value.Split('\n').Any(line => line.Trim() == "EOT");

    // Both a quoted text and a heredoc take "${" and "%{" for the start of a template.
    private static string Escaped(string value) =>
        value.Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal);

    private static string Quoted(string value) => Quoted(Escaped(value), '"', code => $"\\u{code:x4}");

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_-]*\z")]
    private static partial Regex Identifier();
}
