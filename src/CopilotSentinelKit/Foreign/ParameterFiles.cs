using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>Files of parameters, compared with the templates of the run once all are read.</summary>
internal sealed class ParameterFiles
{
    /// <summary>The end of the schema's address of such a file.</summary>
    public const string Mark = "deploymentParameters.json";

    private readonly Dictionary<string, ImmutableHashSet<string>> _templates = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Template, ImmutableArray<YamlText> Names)> _files = [];

    /// <summary>Takes a file that is a template or a file of parameters.</summary>
    public void Add(SourceFile source, YamlMap root)
    {
        var names = ((root.Find("parameters") as YamlMap)?.Entries ?? []).Select(entry => entry.Key).ToImmutableArray();
        if (root.Find("$schema") is YamlText schema && schema.Value.Contains(Mark, StringComparison.OrdinalIgnoreCase))
        {
            // "rule.parameters.json" and "rule.parameters-dev.json" are for "rule.json".
            var mark = source.Path.LastIndexOf(".parameters", StringComparison.OrdinalIgnoreCase);
            _files.Add((mark < 0 ? "" : source.Path[..mark] + ".json", names));
        }
        else
        {
            _templates[source.Path] = names.Select(name => name.Value).ToImmutableHashSet(StringComparer.OrdinalIgnoreCase);
        }
    }

    /// <summary>What no template declares: that of the file's own name, or where there is none, any.</summary>
    public IEnumerable<Finding> Check() => _templates.Count == 0 ? [] :
        from file in _files
        let own = _templates.GetValueOrDefault(file.Template)
        let declared = own ?? _templates.Values.Aggregate((all, names) => all.Union(names))
        from name in file.Names
        where !declared.Contains(name.Value)
        let near = Nearest.Find(name.Value, declared)
        select ArmParameterFindings.UnknownParameterOfFile(name.Span, name.Value, near is null ? "" : $" Did you mean \"{near}\"?");
}
