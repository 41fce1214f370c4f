using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>Workbooks of templates: their JSON is a text of the resource, or a variable that is turned into one.</summary>
internal static partial class ArmWorkbookReader
{
    /// <summary>The workbook, or null when only the deployment knows what is in it.</summary>
    public static Workbook? Read(ArmResource resource)
    {
        resource.Keys.Require("a workbook", "location", "properties");
        if (resource.Properties is not { } keys)
        {
            return null;
        }

        keys.Require("a workbook", "displayName", "serializedData", "category");
        return ReadRoot(keys) is { } root ? new Workbook
        {
            Origin = ContentOrigin.Arm,
            FileName = "",
            Guid = resource.Guid,
            Id = resource.Name,
            Version = resource.Version.Value is null ? new("", resource.Name.Span) : resource.Version,
            Name = keys.TextOrEmpty("displayName"),
            Description = keys.TextOrEmpty("description"),
            Pack = "",
            Parameters = [],
            Items = new WorkbookJsonReader(keys.Findings).Read(root),
        } : null;
    }

    private static YamlMap? ReadRoot(ArmMap keys)
    {
        if (keys.Entry("serializedData") is not { } entry)
        {
            return null;
        }

        if (entry.Value is YamlText expression && StringOf().Match(expression.Value) is { Success: true } match
            && keys.Scope.Find("variables", match.Groups[1].Value) is YamlMap variable)
        {
            return variable;
        }

        if (keys.Text("serializedData") is not { } text)
        {
            return null;
        }

        var root = JsonReader.Read(text.Value, text.Locate, ArmFindings.Json with { Syntax = WorkbookFindings.NotJson }, keys.Findings) as YamlMap;
        if (root is not null && !WorkbookJsonReader.IsWorkbook(root))
        {
            keys.Findings.Add(WorkbookFindings.NotAWorkbook(entry.Key.Span));
        }

        return root;
    }

    // How the portal's export and others keep the JSON readable.
    [GeneratedRegex(@"^\[\s*string\(\s*variables\(\s*'([^']+)'\s*\)\s*\)\s*\]\z", RegexOptions.IgnoreCase)]
    private static partial Regex StringOf();
}

/// <summary>Workbooks as the gallery has them: a file of the JSON alone.</summary>
internal static class GalleryWorkbook
{
    /// <summary>The workbook.</summary>
    public static Workbook Read(YamlMap root, ICollection<Finding> findings)
    {
        var start = root.Span with { Length = Math.Min(1, root.Span.Length) };
        return new()
        {
            Origin = ContentOrigin.Arm,
            FileName = "",
            Guid = Guid.Empty,
            Id = new("", start),
            Version = new("", start),
            Name = new("", start),
            Description = new("", start),
            Pack = "",
            Parameters = [],
            Items = new WorkbookJsonReader(findings).Read(root),
        };
    }
}
