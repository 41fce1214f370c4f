using System.Collections.Immutable;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql.Text;
using Scriban.Runtime;

namespace CopilotSentinelKit.Emit.Formats;

/// <summary>The languages of files that templates of output write, told by the extension of the file.</summary>
internal static class OutputDialects
{
    private const string NameAdvice = "Correct the name; src/docs/output-formats.md lists what a template of output can name.";

    /// <summary>The languages: extensions of their files, and their filters with what each is for.</summary>
    public static ImmutableArray<OutputLanguage> All { get; } =
    [
        new("Bicep", [".bicep", ".bicepparam"],
        [
            ("bicep", "a value of any kind, text of several lines between three quotes", new(1, 0, call => Written(BicepText.Instance.Write(Node(call), call.Context.Indent)))),
            ("bicep_name", "the name of a resource, module or parameter", new(1, 0, call => Written(BicepText.Name(Text(call))))),
        ]),
        new("Terraform", [".tf", ".tfvars"],
        [
            ("hcl", "a value of any kind, text of several lines as a heredoc", new(1, 0, call => Written(HclText.Instance.Write(Node(call), call.Context.Indent)))),
            ("hcl_name", "the name of a resource, argument or variable", new(1, 0, call => Written(HclText.Name(Text(call))))),
        ]),
        new("HTML", [".html"],
        [
            ("html", "text in an element or in a quoted attribute", new(1, 0, call => Written(HtmlText.Text(Text(call))))),
            ("html_url", "an address of the web, in a quoted attribute", new(1, 0, call => Written(HtmlText.Url(Text(call))))),
            ("html_kql", "KQL with its words coloured; its arguments are links for the names of parsers, and what stands before their pages, as in `html_kql rule.facts.calls \"../\"`", new(1, 2, call => Written(HtmlText.Kql(Text(call), Links(call))))),
        ]),
        new("JSON and JavaScript", [".json", ".js"],
        [
            ("json", "a value of any kind", new(1, 0, call => Written(ModelValue.Indented(JsonText.WriteIndented(Node(call)), call.Context.Indent)))),
        ]),
        new("YAML", [".yaml", ".yml"],
        [
            ("yaml", "a value of any kind, after the colon of a key", new(1, 0, call => Written(ModelValue.Indented(YamlOutput.WriteValue(Node(call)), call.Context.Indent)))),
        ]),
        new("Markdown", [".md"],
        [
            ("markdown", "text in a line, a heading or a cell", new(1, 0, call => Written(MarkdownText.Line(Text(call))))),
            ("markdown_code", "a block of code; its argument is the language, as in `markdown_code \"kql\"`", new(1, 1, call => Written(MarkdownText.Code(Text(call), call.TextOrNull(1) ?? "", call.Context.Indent)))),
        ]),
        new("Splunk's configuration", [".conf", ".meta"],
        [
            ("conf", "the value of a setting", new(1, 0, call => Written(ConfText.Value(Text(call))))),
            ("conf_name", "the name of a stanza, setting or field", new(1, 0, call => Written(ConfText.Name(Text(call))))),
        ]),
        new("KQL", [".kql", ".csl"],
        [
            ("kql", "a query as it stands, any other value as a literal", TemplateDialect.Kql.Filters["kql"]),
            ("kql_name", "the name of a table, column or function", TemplateDialect.Kql.Filters["kql_name"]),
        ]),
    ];

    private static readonly TemplateDialect Any = Dialect(All);

    /// <summary>The language of a file. One of another extension may use the filters of all: its writer knows which of them fits.</summary>
    /// <param name="path">Its path.</param>
    public static TemplateDialect Of(string path) =>
        All.FirstOrDefault(language => language.Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))?.Dialect ?? Any;

    internal static TemplateDialect Dialect(IEnumerable<OutputLanguage> languages)
    {
        var filters = languages.SelectMany(language => language.Filters).ToImmutableSortedDictionary(filter => filter.Name, filter => filter.Write, StringComparer.Ordinal);
        return new(
            filters,
            $"End an output in {string.Join(" or ", filters.Keys.Select(name => $"\"| {name}\""))}, so that no value can change the file around it.",
            NameAdvice);
    }

    private static OutputNode Node(TemplateCall call) => ModelValue.Node(call.Value(0));

    private static string Text(TemplateCall call) => ModelValue.Text(call.Value(0));

    private static ImmutableDictionary<string, string> Links(TemplateCall call) =>
        call.List(1).OfType<ScriptObject>().ToImmutableDictionary(link => ModelValue.Text(link["id"]), link => call.TextOrNull(2) + ModelValue.Text(link["page"]), StringComparer.Ordinal);

    private static WrittenText Written(string text) => new(text);
}

/// <summary>A language that templates of output write.</summary>
/// <param name="Name">Its name in the documentation.</param>
/// <param name="Extensions">Extensions of its files.</param>
/// <param name="Filters">Its filters: name, what it writes, how.</param>
internal sealed record OutputLanguage(string Name, ImmutableArray<string> Extensions, ImmutableArray<(string Name, string Writes, TemplateFunction Write)> Filters)
{
    /// <summary>The language as the template engine takes it.</summary>
    public TemplateDialect Dialect => field ??= OutputDialects.Dialect([this]);
}
