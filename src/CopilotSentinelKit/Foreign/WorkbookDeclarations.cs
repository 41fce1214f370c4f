
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>What the texts of a workbook's JSON can name in braces.</summary>
internal sealed class WorkbookDeclarations
{
    private readonly Dictionary<string, DeclaredParameter> _parameters = new(StringComparer.Ordinal);
    private readonly HashSet<string> _set = new(StringComparer.Ordinal);

    /// <summary>The names, in no order.</summary>
    public IEnumerable<string> All => _parameters.Keys.Concat(_set);

    /// <summary>Whether names can come from a part that is not in the JSON, such as a group that loads another template.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether a name can be used.</summary>
    public bool Has(string name) => _parameters.ContainsKey(name) || _set.Contains(name);

    /// <summary>The declared parameter of a name, or null for one that a chosen row, tab or link sets.</summary>
    public DeclaredParameter? Find(string name) => _parameters.GetValueOrDefault(name);

    /// <summary>Takes what an item declares or sets.</summary>
    /// <param name="type">The item's type.</param>
    /// <param name="content">Its content.</param>
    public void Add(string type, YamlMap content)
    {
        IsOpen |= content.Find("loadFromTemplateId") is YamlText { Value.Length: > 0 };
        foreach (var parameter in Maps(content, "parameters").Select(DeclaredParameter.Read))
        {
            // Of two declarations of a name, nobody can tell which value a query gets.
            _parameters[parameter.Name] = _parameters.TryGetValue(parameter.Name, out var other) && other.Sample("") != parameter.Sample("") ? parameter with { Value = null, Quote = "" } : parameter;
        }

        AddName(content, "exportParameterName");
        AddName(content, "timeBrushParameterName");
        foreach (var export in Maps(content, "exportedParameters"))
        {
            AddName(export, "parameterName");
        }

        // A tab or link that sets a parameter names it as its cell value.
        foreach (var link in Maps(content, "links").Where(_ => type == "11"))
        {
            AddName(link, "cellValue");
        }
    }

    /// <summary>The objects of a list in an object.</summary>
    public static IEnumerable<YamlMap> Maps(YamlMap map, string key) => map.Find(key) is YamlList list ? list.Items.OfType<YamlMap>() : [];

    private void AddName(YamlMap map, string key)
    {
        if (map.Find(key) is YamlText { Plain: false, Value.Length: > 0 } name)
        {
            _set.Add(name.Value);
        }
    }
}
