using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about workbooks (CSK0499, CSK0770 to CSK0799, CSK0826).</summary>
internal static class WorkbookFindings
{
    public static Finding DefaultNotOffered(SourceSpan span, string parameter, string value, IEnumerable<string> values) => Finding.Error(
        "CSK0770", span,
        $"The default {UserText.Shown(value)} of \"{parameter}\" is not one of its values.{Nearest.Hint(value, values)} Add it to them, or choose one of them.");

    public static Finding KeyNotForForm(SourceSpan span, string key, string form) => Finding.Error(
        "CSK0771", span, $"\"{key}\" has no meaning with \"show: {form}\". Remove the key, or change \"show\".");

    public static Finding TilesWithoutColumns(SourceSpan span) => Finding.Error(
        "CSK0772", span, "Tiles need to know what stands on them. Write \"tiles: { title: COLUMN, value: COLUMN }\".");

    public static Finding UnknownParameter(SourceSpan span, string name, IEnumerable<string> known) => Finding.Error(
        "CSK0773", span,
        $"The workbook has no parameter \"{name}\".{Nearest.Hint(name, known)} Declare it under \"parameters\" or in an \"export\", or put a space inside the braces if they are KQL's own.");

    public static Finding UnknownParameterInText(SourceSpan span, string name, IEnumerable<string> known) => Finding.Warning(
        "CSK0774", span,
        $"The workbook has no parameter \"{name}\", so the reader sees the braces.{Nearest.Hint(name, known)} Declare it under \"parameters\", or correct the name.");

    public static Finding UnknownFormat(SourceSpan span, string parameter, string format, IEnumerable<string> known) => Finding.Error(
        "CSK0775", span,
        $"\"{format}\" is not a format of the parameter \"{parameter}\".{Nearest.Hint(format, known)} Its formats are {string.Join(", ", known)}.");

    public static Finding UnusedParameter(SourceSpan span, string name) => Finding.Warning(
        "CSK0776", span, $"Nothing in the workbook uses the parameter \"{name}\". Use it in a query as {{{name}}}, or remove it.");

    public static Finding NoTimeRange(SourceSpan span) => Finding.Warning(
        "CSK0777", span,
        "The workbook has no time range, so its queries read what the portal chooses. Add a parameter such as \"TimeRange: { timeRange: [1d, 7d, 30d], default: 7d }\".");

    public static Finding UsedBeforeDeclared(SourceSpan span, string name) => Finding.Warning(
        "CSK0778", span, $"The parameter \"{name}\" has no value yet when this query runs. Let a parameter use only those before it.");

    public static Finding ExportedTwice(SourceSpan span, string name, SourceSpan first) => Finding.Error(
        "CSK0779", span, $"The parameter \"{name}\" is already there, and only one of the two would be set. Choose another name.")
        .With(first, "the other one");

    public static Finding Unescaped(SourceSpan span, string name) => Finding.Warning(
        "CSK0780", span,
        $"A quote in the value of \"{name}\" would end the text in KQL. Write \"{{{name}:escapejson}}\" between double quotes.");

    public static Finding ChartNeeds(SourceSpan span, string form, string needs) => Finding.Error(
        "CSK0781", span, $"A {form} needs {needs} in the query's result. Return it, or choose another form under \"show\".");

    public static Finding TileValue(SourceSpan span, string column, string type) => Finding.Warning(
        "CSK0782", span, $"The value of tiles is a number, but \"{column}\" is of type {type}. Return a number, or name another column.");

    public static Finding NotJson(SourceSpan span, string reason) => Finding.Error(
        "CSK0783", span, $"The workbook's \"serializedData\" is no JSON: {reason.TrimEnd('.')}. The portal could not open it; correct it from this place on.");

    public static Finding NotAWorkbook(SourceSpan span) => Finding.Warning(
        "CSK0784", span, "This JSON is no workbook: it needs \"version\": \"Notebook/1.0\" and a list \"items\". Copy it from the portal's advanced editor.");

    public static Finding UndeclaredParameter(SourceSpan span, string name, IEnumerable<string> known) => Finding.Warning(
        "CSK0785", span,
        $"The workbook declares no parameter \"{name}\", so the braces stay in the query.{Nearest.Hint(name, known)} Declare it, or correct the name.");

    public static Finding DuplicateItemName(SourceSpan span, string name, int others, SourceSpan first) => Finding.Information(
        "CSK0786", span, FormattableString.Invariant($"Another item of the workbook is named {UserText.Shown(name)} as well{(others == 0 ? "" : $", and {others} more have the name of another")}. Give each its own name, by which links and the editor find it."))
        .With(first, "the first one");

    public static Finding SubscriptionId(SourceSpan span) => Finding.Warning(
        "CSK0787", span, "The workbook names a subscription, so it works in one tenant only. Remove the id, or take it from a parameter.");

    public static Finding UserWorkbook(SourceSpan span) => Finding.Warning(
        "CSK0788", span, "The workbook was copied from an unsaved one of the portal. Write its own id, such as \"sentinel-MyWorkbook\", for \"fromTemplateId\".");

    public static Finding ColumnNotReturned(SourceSpan span, string column, string by, IEnumerable<string> columns) => Finding.Warning("CSK0789", span,
        $"The query returns no column {UserText.Shown(column)}, which {by} shows or sets, so that stays empty.{Nearest.Hint(column, columns)} Return the column, or name one that is there.");

    public static Finding StyleOfNoColumn(SourceSpan span, string column, IEnumerable<string> columns) => Finding.Information("CSK0499", span,
        $"The query returns no column {UserText.Shown(column)}, so what the table says of it does nothing.{Nearest.Hint(column, columns)} Correct the name, or remove the setting.");

    public static Finding NoItemToMerge(SourceSpan span, string item, IEnumerable<string> items) => Finding.Warning("CSK0826", span,
        $"The merge reads the result of {UserText.Shown(item)}, and no item of the workbook has that name, so it stays empty.{Nearest.Hint(item, items)} Write the name of the item under its advanced settings.");

    public static Finding UnknownPanelParameter(SourceSpan span, string archetype, string name, IEnumerable<string> known) => Finding.Error("CSK0790", span,
        $"The archetype \"{archetype}\" has no parameter \"{name}\".{Nearest.Hint(name, known)} {(known.Any() ? $"Its parameters are {string.Join(", ", known)}." : "It has none.")}");

    public static Finding PanelParameterMissing(SourceSpan span, string archetype, string name, string description) => Finding.Error("CSK0791", span,
        $"The archetype \"{archetype}\" needs a value for \"{name}\": {description.TrimEnd('.', '\n')}. Write it under \"parameters\".");

    public static Finding ParametersWithoutTemplate(SourceSpan span) => Finding.Error("CSK0792", span,
        "Only a query with an archetype has parameters. Name that under \"template\", or remove the key.");

    public static Finding MapWithoutColumns(SourceSpan span) => Finding.Error(
        "CSK0793", span, "A map needs to know where its circles are and how large. Write \"map: { country: COLUMN, size: COLUMN }\".");

    public static Finding NotAnArchetype(SourceSpan span) => Finding.Error(
        "CSK0794", span, "An archetype of workbooks says how a result looks too, so it is YAML. Rename the file so that it ends in .yaml, and put the KQL under \"query\".");

    public static Finding MapSize(SourceSpan span, string column, string type) => Finding.Error("CSK0795", span,
        $"The size of a map's circles is a number, but \"{column}\" is of type {type}. Return a number, or name another column.");
}
