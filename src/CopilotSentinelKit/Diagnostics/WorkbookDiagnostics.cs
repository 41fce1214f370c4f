namespace CopilotSentinelKit.Diagnostics;

/// <summary>Findings about workbooks (CSK0770 to CSK0799).</summary>
internal static class WorkbookDiagnostics
{
    public static Diagnostic DefaultNotOffered(SourceSpan span, string parameter, string value, IEnumerable<string> values) => Diagnostic.Error(
        "CSK0770", span,
        $"The default {SpecDiagnostics.Shown(value)} of \"{parameter}\" is not one of its values.{Nearest.Hint(value, values)} Add it to them, or choose one of them.");

    public static Diagnostic KeyNotForForm(SourceSpan span, string key, string form) => Diagnostic.Error(
        "CSK0771", span, $"\"{key}\" has no meaning with \"show: {form}\". Remove the key, or change \"show\".");

    public static Diagnostic TilesWithoutColumns(SourceSpan span) => Diagnostic.Error(
        "CSK0772", span, "Tiles need to know what stands on them. Write \"tiles: { title: COLUMN, value: COLUMN }\".");

    public static Diagnostic UnknownParameter(SourceSpan span, string name, IEnumerable<string> known) => Diagnostic.Error(
        "CSK0773", span,
        $"The workbook has no parameter \"{name}\".{Nearest.Hint(name, known)} Declare it under \"parameters\" or in an \"export\", or put a space inside the braces if they are KQL's own.");

    public static Diagnostic UnknownParameterInText(SourceSpan span, string name, IEnumerable<string> known) => Diagnostic.Warning(
        "CSK0774", span,
        $"The workbook has no parameter \"{name}\", so the reader sees the braces.{Nearest.Hint(name, known)} Declare it under \"parameters\", or correct the name.");

    public static Diagnostic UnknownFormat(SourceSpan span, string parameter, string format, IEnumerable<string> known) => Diagnostic.Error(
        "CSK0775", span,
        $"\"{format}\" is not a format of the parameter \"{parameter}\".{Nearest.Hint(format, known)} Its formats are {string.Join(", ", known)}.");

    public static Diagnostic UnusedParameter(SourceSpan span, string name) => Diagnostic.Warning(
        "CSK0776", span, $"Nothing in the workbook uses the parameter \"{name}\". Use it in a query as {{{name}}}, or remove it.");

    public static Diagnostic NoTimeRange(SourceSpan span) => Diagnostic.Warning(
        "CSK0777", span,
        "The workbook has no time range, so its queries read what the portal chooses. Add a parameter such as \"TimeRange: { timeRange: [1d, 7d, 30d], default: 7d }\".");

    public static Diagnostic UsedBeforeDeclared(SourceSpan span, string name) => Diagnostic.Warning(
        "CSK0778", span, $"The parameter \"{name}\" has no value yet when this query runs. Let a parameter use only those before it.");

    public static Diagnostic ExportedTwice(SourceSpan span, string name, SourceSpan first) => Diagnostic.Error(
        "CSK0779", span, $"The parameter \"{name}\" is already there, and only one of the two would be set. Choose another name.")
        .With(first, "the other one");

    public static Diagnostic Unescaped(SourceSpan span, string name) => Diagnostic.Warning(
        "CSK0780", span,
        $"A quote in the value of \"{name}\" would end the text in KQL. Write \"{{{name}:escapejson}}\" between double quotes.");

    public static Diagnostic ChartNeeds(SourceSpan span, string form, string needs) => Diagnostic.Error(
        "CSK0781", span, $"A {form} needs {needs} in the query's result. Return it, or choose another form under \"show\".");

    public static Diagnostic TileValue(SourceSpan span, string column, string type) => Diagnostic.Warning(
        "CSK0782", span, $"The value of tiles is a number, but \"{column}\" is of type {type}. Return a number, or name another column.");
}
