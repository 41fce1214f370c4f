using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using Scriban.Runtime;

namespace CopilotSentinelKit.Generate;

/// <summary>The values of parameters as templates get them.</summary>
internal static class ParameterValues
{
    /// <summary>A value for each parameter, of its type.</summary>
    public static ScriptObject Of(ImmutableArray<ParameterSpec> parameters)
    {
        var values = new ScriptObject();
        foreach (var parameter in parameters)
        {
            values[parameter.Name.Value] = Value(parameter);
        }

        return values;
    }

    private static object Value(ParameterSpec parameter)
    {
        var text = (parameter.Value as YamlText)?.Value ?? "";
        return parameter.Type switch
        {
            ParameterType.Int => int.Parse(text, CultureInfo.InvariantCulture),
            ParameterType.Long => long.Parse(text, CultureInfo.InvariantCulture),

            // A person may write a number in more ways than KQL reads.
            ParameterType.Real => new TypedValue(TypedKind.Real, double.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture)),
            ParameterType.Bool => text == "true",
            ParameterType.String => text,
            ParameterType.Strings => new ScriptArray(Texts(parameter.Value)),
            ParameterType.Columns => new ColumnList(Texts(parameter.Value)),
            ParameterType.Column => new TypedValue(TypedKind.Column, text),
            ParameterType.Timespan => new TypedValue(TypedKind.Timespan, text),
            _ => new TypedValue(TypedKind.Datetime, text),
        };
    }

    private static IEnumerable<string> Texts(YamlValue value) => ((YamlList)value).Items.OfType<YamlText>().Select(item => item.Value);
}
