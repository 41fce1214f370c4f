
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Templates;

/// <summary>Renders one template over the values that the tests share.</summary>
internal static class Rendering
{
    public const string Values = """
        {
          "n": 3, "f": 1.5, "s": "it's text", "list": ["b", "a"], "numbers": [3, 1, 2], "none": null, "empty_text": "", "t": true, "no": false, "nolist": [],
          "o": { "a": 1, "b": { "c": "deep" } }, "objects": [{ "name": "x" }, { "name": "y" }], "schedule": { "every": { "type": "timespan", "value": "1h" } },
          "span": { "type": "timespan", "value": "14d", "origin": "@span" }, "large": 9223372036854775807,
          "column": { "type": "column", "value": "Actor Upn", "origin": "@column" }, "columns": { "type": "columns", "value": ["A", "where"] },
          "expression": { "type": "expression", "value": "x > 1", "origin": "@expression" }
        }
        """;

    public static RenderResult Run(string template, string? query = null) =>
        TemplateEngine.Render([new(template, query, ScriptValues.Read(Values))], CancellationToken.None).Single();
}
