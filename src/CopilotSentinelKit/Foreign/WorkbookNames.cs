using System.Text.Json;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>What a workbook refers to by name outside its queries: time ranges, conditions, resources, texts; and parameters that nothing refers to.</summary>
internal static partial class WorkbookNames
{
    private static readonly string[] NamingKeys = ["timeContextFromParameter", "parameterName"];

    // A chosen row or a marked span sets these.
    private static readonly string[] SettingKeys = ["exportParameterName", "timeBrushParameterName"];

    public static void Check(YamlMap root, WorkbookDeclarations names, ICollection<Finding> findings)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var declared = new List<YamlText>();
        Visit(root, "", names, used, declared, findings);
        if (!names.IsOpen)
        {
            // A hidden one may hold something for whoever opens the workbook by a link.
            foreach (var name in declared.Where(name => !used.Contains(name.Value)).DistinctBy(name => name.Value))
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

                    if (child is YamlText { Plain: false, Value.Length: > 0 } set && (SettingKeys.Contains(name.Value) || (name.Value == "parameterName" && key == "exportedParameters")))
                    {
                        declared.Add(set);
                    }

                    Visit(child, name.Value, names, used, declared, findings);
                }

                if (map.Find("type") is YamlText { Value: "1" } && map.Find("content") is YamlMap content && content.Find("json") is YamlText { Plain: false } shown && !names.IsOpen)
                {
                    CheckText(shown, names, findings);
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

    // A text is Markdown: what stands between backticks shows its braces.
    private static void CheckText(YamlText text, WorkbookDeclarations names, ICollection<Finding> findings)
    {
        var prose = Code().Replace(text.Value, code => new string(' ', code.Length));
        foreach (var match in Reference().Matches(prose).Where(match => !names.Has(match.Groups[1].Value)))
        {
            findings.Add(WorkbookFindings.UnknownParameterInText(text.Locate(match.Index, match.Length), match.Groups[1].Value, names.All));
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

    [GeneratedRegex(@"(`+).*?\1", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^\{([A-Za-z_][A-Za-z0-9_]*)\}\z")]
    private static partial Regex Whole();
}
