using System.Text.Json;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>What a workbook refers to by name outside its queries: time ranges, conditions, resources; and parameters that nothing refers to.</summary>
internal static partial class WorkbookNames
{
    private static readonly string[] NamingKeys = ["timeContextFromParameter", "parameterName"];

    public static void Check(YamlMap root, WorkbookDeclarations names, ICollection<Finding> findings)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var declared = new List<YamlText>();
        Visit(root, "", names, used, declared, findings);
        if (!names.IsOpen)
        {
            // A hidden one may hold something for whoever opens the workbook by a link.
            foreach (var name in declared.Where(name => !used.Contains(name.Value)))
            {
                findings.Add(ArmParameterFindings.UnusedInWorkbook(name.Span, name.Value));
            }
        }
    }

    private static void Visit(YamlValue value, string key, WorkbookDeclarations names, HashSet<string> used, List<YamlText> declared, ICollection<Finding> findings)
    {
        switch (value)
        {
            case YamlText { Plain: false } text:
                used.UnionWith(Reference().Matches(text.Value).Select(match => match.Groups[1].Value));
                if (key == "crossComponentResources" && Whole().Match(text.Value) is { Success: true } whole)
                {
                    Report(text, key, whole.Groups[1].Value);
                }

                break;
            case YamlList list:
                foreach (var item in list.Items)
                {
                    Visit(item, key, names, used, declared, findings);
                }

                break;
            case YamlMap map:
                foreach (var (name, child) in map.Entries)
                {
                    // What a click sets is declared by that.
                    if (NamingKeys.Contains(name.Value) && child is YamlText { Plain: false, Value.Length: > 0 } named && key != "exportedParameters")
                    {
                        used.Add(named.Value);
                        Report(named, name.Value, named.Value);
                    }

                    Visit(child, name.Value, names, used, declared, findings);
                }

                if (key == "parameters" && map.Find("name") is YamlText { Plain: false, Value.Length: > 0 } own && map.Find("type") is not null)
                {
                    declared.Add(own);
                    CheckChoices(map, own.Value, findings);
                }

                break;
        }

        void Report(YamlText text, string by, string name)
        {
            if (!names.IsOpen && !names.Has(name))
            {
                findings.Add(ArmParameterFindings.UnknownInWorkbook(text.Span, by, name));
            }
        }
    }

    private static void CheckChoices(YamlMap parameter, string name, ICollection<Finding> findings)
    {
        if (parameter.Find("jsonData") is not YamlText { Plain: false } text || string.IsNullOrWhiteSpace(text.Value) || Reference().IsMatch(text.Value))
        {
            return;
        }

        try
        {
            using var document = JsonParser.Parse(text.Value, new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        }
        catch (JsonException e)
        {
            findings.Add(ArmParameterFindings.WorkbookJson(text.Locate((int)(e.BytePositionInLine ?? 0), 1), name));
        }
    }

    [GeneratedRegex(@"\{([A-Za-z_][A-Za-z0-9_]*)(:[^{}]*)?\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^\{([A-Za-z_][A-Za-z0-9_]*)\}\z")]
    private static partial Regex Whole();
}
