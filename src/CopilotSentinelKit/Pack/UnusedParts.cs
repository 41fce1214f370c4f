using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Pack;

/// <summary>Parameters and templates that no query is made with. Each layer is looked at by itself: what a project overrides in the pack
/// is no fault of the pack.</summary>
internal static partial class UnusedParts
{
    /// <param name="detections">Those of all layers, before one replaces another.</param>
    /// <param name="templates">The templates.</param>
    public static IEnumerable<Finding> Find(ImmutableArray<DetectionSpec> detections, TemplateSet templates)
    {
        var used = detections.Where(detection => detection.Template is not null).Select(detection => "detections/" + detection.Template!.Value.Value)
            .ToHashSet(StringComparer.Ordinal);
        // A misspelt name, which is a finding, may mean any of them.
        var unused = used.All(templates.Files.ContainsKey) ? templates.NamesIn("detections").Where(name => !used.Contains("detections/" + name) && !templates.Spare.Contains(templates.Files["detections/" + name].Path)) : [];
        return unused.Select(name => ModelFindings.UnusedTemplate(name, new(templates.Files["detections/" + name], 0, 0)))
            .Concat(detections.SelectMany(detection => Parameters(detection, templates)));
    }

    private static IEnumerable<Finding> Parameters(DetectionSpec detection, TemplateSet templates)
    {
        var template = detection.Template is { } name ? templates.Files.GetValueOrDefault("detections/" + name.Value) : null;
        // A template that is missing, which is a finding, may have used them.
        if (detection.Template is not null && template is null)
        {
            return [];
        }

        var words = Words(detection.Query.Value).Concat(Words(template?.Text ?? "")).ToHashSet(StringComparer.Ordinal);
        return detection.Parameters.Where(parameter => !words.Contains(parameter.Name.Value))
            .Select(parameter => ModelFindings.UnusedParameter(parameter.Name.Value, parameter.Name.Span));
    }

    /// <summary>Whether a tag of a template names a value.</summary>
    public static bool Names(string template, string value) => Words(template).Contains(value, StringComparer.Ordinal);

    private static IEnumerable<string> Words(string template) =>
        from Match tag in Tag().Matches(Comment().Replace(template, ""))
        from Match word in Word().Matches(Literal().Replace(tag.Value, ""))
        select word.Value;

    [GeneratedRegex(@"\{\{.*?\}\}", RegexOptions.Singleline)]
    private static partial Regex Tag();

    [GeneratedRegex(@"(?<=\{\{[-~]?\s*)(##.*?##|#.*?(?=\}\}|\n))", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex("\"[^\"]*\"|'[^']*'")]
    private static partial Regex Literal();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Word();
}
