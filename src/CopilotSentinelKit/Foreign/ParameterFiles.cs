using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>Files of parameters, compared with the templates of the run once all are read.</summary>
internal sealed class ParameterFiles
{
    /// <summary>The end of the schema's address of such a file.</summary>
    public const string Mark = "deploymentParameters.json";

    /// <summary>The end of the schema's address of a template, whatever the scope of its deployment.</summary>
    public const string TemplateMark = "deploymentTemplate.json";

    // Sentinel's repositories deployment fills it.
    private const string Workspace = "workspace";

    private readonly Dictionary<string, ImmutableDictionary<string, ParameterRule>> _templates = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Template, SourceSpan Place, ImmutableArray<YamlEntry> Values)> _files = [];

    // A value, or where it comes from: a secret of a vault, an input of the pipeline.
    private static readonly string[] ValueKeys = ["value", "reference", "expression"];

    /// <summary>How many files of parameters were taken.</summary>
    public int Count => _files.Count;

    /// <summary>Takes a file if it is a template or a file of parameters.</summary>
    public void Add(SourceFile source, YamlMap root)
    {
        var schema = (root.Find("$schema") as YamlText)?.Value ?? "";
        if (schema.Contains(Mark, StringComparison.OrdinalIgnoreCase))
        {
            // "rule.parameters.json" and "rule.parameters-dev.json" are for "rule.json".
            var mark = source.Path.LastIndexOf(".parameters", StringComparison.OrdinalIgnoreCase);
            var place = root.Entry("parameters")?.Key.Span ?? root.Span with { Length = Math.Min(1, root.Span.Length) };
            _files.Add((mark < 0 ? "" : source.Path[..mark] + ".json", place, (root.Find("parameters") as YamlMap)?.Entries ?? []));
        }
        else if (schema.Contains(TemplateMark, StringComparison.OrdinalIgnoreCase))
        {
            _templates[source.Path] = ParameterRule.AllOf(root);
        }
    }

    /// <summary>What Azure refuses by the file's own form, and what the template of the file's name refuses; where that is not there, names that no template
    /// declares, and a note where there is no template at all.</summary>
    public IEnumerable<Finding> Check() => _files.SelectMany(file => WithoutValue(file.Values).Concat(
        _templates.GetValueOrDefault(file.Template) is { } own ? [.. Unknown(file.Values, own.Keys, isCertain: true), .. Refused(file.Values, own), .. Missing(file.Place, file.Template, file.Values, own)]
        : _templates.Count > 0 ? Unknown(file.Values, _templates.Values.SelectMany(template => template.Keys), isCertain: false)
        : [ArmParameterFindings.NoTemplateToCompare(file.Place, NameOf(file.Template))]));

    private static IEnumerable<Finding> WithoutValue(ImmutableArray<YamlEntry> values) =>
        from value in values
        where value.Value is not YamlMap map || !Array.Exists(ValueKeys, key => map.Find(key) is not null)
        select ArmParameterFindings.NotUnderValue(value.Value.FirstLine(), value.Key.Value);

    private static IEnumerable<Finding> Unknown(ImmutableArray<YamlEntry> values, IEnumerable<string> declared, bool isCertain)
    {
        var names = declared.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return from value in values
               where !names.Contains(value.Key.Value)
               let near = Nearest.Find(value.Key.Value, names)
               select ArmParameterFindings.UnknownParameterOfFile(value.Key.Span, value.Key.Value, near is null ? "" : $" Did you mean \"{near}\"?", isCertain);
    }

    private static IEnumerable<Finding> Refused(ImmutableArray<YamlEntry> values, ImmutableDictionary<string, ParameterRule> rules) =>
        from value in values
        let rule = rules.GetValueOrDefault(value.Key.Value)
        let given = (value.Value as YamlMap)?.Find("value")
        where rule is not null && given is not null
        let broken = rule.BrokenBy(given)
        where broken is not null
        select ArmParameterFindings.ValueRefused(given.FirstLine(), value.Key.Value, broken);

    private static IEnumerable<Finding> Missing(SourceSpan place, string template, ImmutableArray<YamlEntry> values, ImmutableDictionary<string, ParameterRule> rules) =>
        from rule in rules.OrderBy(rule => rule.Key, StringComparer.Ordinal)
        where !rule.Value.HasDefault && !rule.Key.Equals(Workspace, StringComparison.OrdinalIgnoreCase)
            && !values.Any(value => value.Key.Value.Equals(rule.Key, StringComparison.OrdinalIgnoreCase))
        select ArmParameterFindings.ValueMissing(place, rule.Key, NameOf(template));

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
