using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Generate;

/// <summary>A value of its kind for each parameter of a workbook, so that Kusto.Language can analyse queries that name them.</summary>
internal sealed class WorkbookSamples(WorkbookSpec spec)
{
    // What a dropdown, a text or a chosen row gives is text; a bare name is KQL wherever a value can stand, in quotes too.
    private const string AnyText = "a";

    private readonly ImmutableDictionary<string, WorkbookParameter<YamlText>> _parameters =
        spec.Parameters.ToImmutableDictionary(parameter => parameter.Name.Value, StringComparer.Ordinal);

    private readonly ImmutableHashSet<string> _brushes =
        [.. spec.Items.SelectMany(item => item.WithInner()).OfType<QueryItem<PanelQuery>>().Select(item => item.View.Brush?.Value).OfType<string>()];

    /// <summary>The query with the form that is analysed. Places in that form lead to what stands there in the YAML.</summary>
    public WorkbookQuery Complete(Query kql)
    {
        var references = ParameterReference.In(kql.Text);
        var text = new StringBuilder();
        var map = ImmutableArray.CreateBuilder<MapSegment>();
        var copied = 0;
        foreach (var reference in references)
        {
            Copy(reference.Start);
            var value = Sample(reference);
            map.Add(new(text.Length, value.Length, (_, _) => kql.Locate(reference.Start, reference.Length)));
            text.Append(value);
            copied = reference.Start + reference.Length;
        }

        Copy(kql.Text.Length);
        return new(kql, new(text.ToString(), map.DrainToImmutable(), kql.Fallback), references);

        void Copy(int end)
        {
            var from = copied;
            if (end > from)
            {
                map.Add(new(text.Length, end - from, (start, length) => kql.Locate(from + start, length)));
                text.Append(kql.Text, from, end - from);
            }
        }
    }

    private string Sample(ParameterReference reference) => _brushes.Contains(reference.Name) ? TimeSample(reference.Format) :
        _parameters.GetValueOrDefault(reference.Name) switch
        {
            TimeRangeParameter<YamlText> => TimeSample(reference.Format),
            DropdownParameter<YamlText> { Multiple: true } list when reference.Format is "" or "value" => $"\"{First(list)}\"",
            DropdownParameter<YamlText> list when reference.Format is "" or "value" => First(list),
            TextParameter<YamlText> { Default: var value } when value.Length > 0 && reference.Format is "" or "value" => value,
            _ => AnyText,
        };

    private static string First(DropdownParameter<YamlText> list) =>
        list.Default?.Value ?? (list.Values is [var (value, _), ..] ? value.Value : AnyText);

    private static string TimeSample(string format) => format switch
    {
        "start" => "ago(1d)",
        "end" => "now()",
        "grain" => "1h",
        "startISO" or "endISO" => "2000-01-01T00:00:00.000Z",
        "label" => AnyText,
        _ => "> ago(1d)",
    };
}
