using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>Files of parameters, compared with the templates of the run once all are read.</summary>
internal sealed class ParameterFiles
{
    /// <summary>The end of the schema's address of such a file.</summary>
    public const string Mark = "deploymentParameters.json";

    // Sentinel's repositories deployment fills it.
    private const string Workspace = "workspace";

    private readonly Dictionary<string, ImmutableDictionary<string, ParameterRule>> _templates = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Template, SourceSpan Place, ImmutableArray<YamlEntry> Values)> _files = [];

    /// <summary>Takes a file that is a template or a file of parameters.</summary>
    public void Add(SourceFile source, YamlMap root)
    {
        if (root.Find("$schema") is YamlText schema && schema.Value.Contains(Mark, StringComparison.OrdinalIgnoreCase))
        {
            // "rule.parameters.json" and "rule.parameters-dev.json" are for "rule.json".
            var mark = source.Path.LastIndexOf(".parameters", StringComparison.OrdinalIgnoreCase);
            var place = root.Entry("parameters")?.Key.Span ?? root.Span with { Length = Math.Min(1, root.Span.Length) };
            _files.Add((mark < 0 ? "" : source.Path[..mark] + ".json", place, (root.Find("parameters") as YamlMap)?.Entries ?? []));
        }
        else
        {
            _templates[source.Path] = ParameterRule.AllOf(root);
        }
    }

    /// <summary>What the template of the file's own name refuses; where there is none, names that no template declares.</summary>
    public IEnumerable<Finding> Check() => _templates.Count == 0 ? [] : _files.SelectMany(file => _templates.GetValueOrDefault(file.Template) is { } own
        ? [.. Unknown(file.Values, own.Keys, isCertain: true), .. Refused(file.Values, own), .. Missing(file.Place, file.Template, file.Values, own)]
        : Unknown(file.Values, _templates.Values.SelectMany(template => template.Keys), isCertain: false));

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
        select ArmParameterFindings.ValueMissing(place, rule.Key, template[(template.LastIndexOf('/') + 1)..]);
}
