using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>What the expressions of a template can name, and what they give as far as literals tell: a parameter is its default. Anything else is known to the
/// deployment alone.</summary>
/// <param name="template">The template.</param>
/// <param name="outer">That of the template around it, or null.</param>
/// <param name="packaged">Whether the template is stored in a content package: <c>[[</c> then defers an expression to the installation.</param>
internal sealed class ArmScope(YamlMap template, ArmScope? outer, bool packaged)
{
    // References can go in a circle.
    private const int MaxSteps = 8;

    // A few variables that each name the one before many times are more work than any template needs.
    private const int MaxExpressions = 1_000;

    /// <summary>Whether a text is one of Azure Resource Manager's expressions.</summary>
    public static bool IsExpression(YamlText text) => text is { Plain: false, Value: ['[', not '[', .., ']'] };

    /// <summary>The literal that a value is or stands for, or null when only the deployment knows it.</summary>
    public YamlValue? Resolve(YamlValue value) => Resolve(value, 0, new Work());

    /// <summary>The value of a variable, or the default of a parameter, as it is written.</summary>
    /// <param name="sort">"parameters" or "variables".</param>
    /// <param name="name">Its name, in any letter case.</param>
    public YamlValue? Find(string sort, string name)
    {
        var found = template.Find(sort) is YamlMap map ? map.Find(name) : null;
        return found is null ? outer?.Find(sort, name)
            : sort == "variables" ? found
            : (found as YamlMap)?.Find("defaultValue");
    }

    private YamlValue? Resolve(YamlValue? value, int steps, Work work)
    {
        if (value is not YamlText { Plain: false, Value: ['[', .., ']'] } text)
        {
            return value;
        }

        if (!IsExpression(text))
        {
            return packaged ? null : WithoutBracket(text);
        }

        return steps < MaxSteps && work.Expressions++ < MaxExpressions && ArmCode.Read(text.Value, 1, text.Value.Length - 1) is { } code
            ? new ArmEvaluation(text, (sort, name) => Resolve(Find(sort, name), steps + 1, work), inner => Resolve(inner, steps + 1, work)).Evaluate(code)
            : null;
    }

    private static YamlText WithoutBracket(YamlText text) =>
        text with { Value = text.Value[1..], Place = (start, length) => text.Locate(start + 1, length) };

    /// <summary>What has been worked out for one value.</summary>
    private sealed class Work
    {
        public int Expressions { get; set; }
    }
}

/// <summary>Looking up keys as Azure Resource Manager does.</summary>
internal static class ArmKeys
{
    /// <summary>The value of a key in any letter case, or null.</summary>
    public static YamlValue? Find(this YamlMap map, string key) => map.Entry(key)?.Value;

    /// <summary>A key in any letter case with its value, or null.</summary>
    public static YamlEntry? Entry(this YamlMap map, string key) =>
        map.Entries.FirstOrDefault(entry => entry.Key.Value.Equals(key, StringComparison.OrdinalIgnoreCase));
}
