using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>The parameters that a workbook's queries and texts can name: declared ones, and those that a chosen row sets.</summary>
/// <param name="Declared">Under "parameters", in order.</param>
/// <param name="Exported">In "export" of queries, in order.</param>
/// <param name="Brushed">In "brush" of charts over time, in order.</param>
internal sealed record WorkbookParameters(
    ImmutableArray<WorkbookParameter<WorkbookQuery>> Declared, ImmutableArray<Spanned<string>> Exported, ImmutableArray<Spanned<string>> Brushed)
{
    public static WorkbookParameters Of(Workbook workbook) => new(
        workbook.Parameters,
        [.. workbook.AllItems.OfType<QueryItem<WorkbookQuery>>().SelectMany(item => item.View.Exports).Select(export => export.Parameter)],
        [.. workbook.AllItems.OfType<QueryItem<WorkbookQuery>>().Select(item => item.View.Brush).OfType<Spanned<string>>()]);

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> Names => Declared.Select(parameter => parameter.Name).Concat(Exported).Concat(Brushed).Select(name => name.Value);

    /// <summary>The formats that a parameter has, or null when there is no such parameter.</summary>
    public ImmutableArray<string>? FormatsOf(string name) =>
        IsTime(name)
            ? ParameterFormats.TimeRange
            : Names.Contains(name) ? ParameterFormats.Value : null;

    /// <summary>Whether a name is that of a span of time.</summary>
    public bool IsTime(string name) =>
        Declared.Any(parameter => parameter is TimeRangeParameter<WorkbookQuery> && parameter.Name.Value == name) || Brushed.Any(brush => brush.Value == name);

    /// <summary>Whether a reference names a parameter and a format that it has.</summary>
    public bool IsSound(ParameterReference reference) =>
        FormatsOf(reference.Name) is { } formats && (reference.Format.Length == 0 || formats.Contains(reference.Format));
}
