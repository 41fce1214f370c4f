using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Emit.Solutions;

/// <summary>What the Azure-Sentinel repository keeps of a solution beside its content.</summary>
internal static class SolutionDocuments
{
    /// <summary>The input of Microsoft's packaging tool.</summary>
    public static OutputMap Data(SolutionParties parties, ImmutableArray<SolutionItem> items) => OutputMap.Of(
    [
        ("Name", parties.Spec.Name.Value),
        ("Author", parties.Spec.Support.Email is { } email ? $"{parties.Publisher} - {email}" : parties.Publisher),
        ("Logo", parties.Logo),
        ("Description", parties.Spec.Description),
        .. items.GroupBy(item => item.Kind.DataKey).Select(kind => (kind.Key, (OutputNode?)OutputList.Of(kind.Select(item => item.Path)))),

        // The tool is run in a clone of that repository, and wants its place there in full; this is the one that its own documents have.
        ("BasePath", @"C:\GitHub\Azure-Sentinel\Solutions\" + parties.Spec.Name.Value),
        ("Version", parties.Spec.Version),
        ("Metadata", "SolutionMetadata.json"),
        ("TemplateSpec", true),
        ("Is1PConnector", false),
    ]);

    /// <summary>SolutionMetadata.json.</summary>
    public static OutputMap Metadata(SolutionParties parties) => OutputMap.Of(
        ("publisherId", parties.Spec.PublisherId),
        ("offerId", parties.Spec.OfferId),
        ("firstPublishDate", parties.Spec.Releases[^1].Date),
        ("lastPublishDate", parties.Spec.Releases[0].Date),
        ("providers", OutputList.Of(new[] { parties.Publisher })),
        ("categories", OutputMap.Of(("domains", OutputList.Of(parties.Spec.Domains)), ("verticals", OutputList.Of(parties.Spec.Verticals)))),
        ("support", parties.Support));

    /// <summary>ReleaseNotes.md: that repository's validation reads the table, with these three headings.</summary>
    public static string ReleaseNotes(SolutionSpec spec) =>
        "| **Version** | **Date Modified (DD-MM-YYYY)** | **Change History** |\n|---|---|---|\n"
        + string.Concat(spec.Releases.Select(release =>
            $"| {release.Version} | {release.Date[8..]}-{release.Date[5..7]}-{release.Date[..4]} | {release.Changes.Replace("|", "\\|", StringComparison.Ordinal)} |\n"));

    /// <summary>The entry of a workbook in that repository's Workbooks/WorkbooksMetadata.json.</summary>
    public static OutputMap Workbook(SolutionParties parties, Workbook workbook) => OutputMap.Of(
        ("workbookKey", SolutionItem.WorkbookKey(workbook)),
        ("logoFileName", parties.Spec.Logo),
        ("description", workbook.Description.Value.Trim()),
        ("dataTypesDependencies", OutputList.Of(DataTypes(workbook))),
        ("dataConnectorsDependencies", OutputList.Of(Connectors(workbook))),
        ("previewImagesFileNames", OutputList.Of(new[] { workbook.FileName + "White.png", workbook.FileName + "Black.png" })),
        ("version", workbook.Version.Value),
        ("title", workbook.Name.Value),
        ("templateRelativePath", workbook.FileName + ".json"),
        ("subtitle", ""),
        ("provider", parties.Publisher),
        ("lastPublishDate", parties.Spec.Releases[0].Date),
        ("support", OutputMap.Of(("tier", parties.Spec.Support.Tier))),
        ("author", OutputMap.Of(("name", parties.Publisher))),
        ("source", OutputMap.Of(("kind", "Solution"), ("name", parties.Spec.Name.Value))),
        ("categories", parties.Categories));

    /// <summary>Tables that a workbook reads.</summary>
    public static IEnumerable<string> DataTypes(Workbook workbook) =>
        workbook.RequiredConnectors.SelectMany(connector => connector.DataTypes).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Connectors that fill them.</summary>
    public static IEnumerable<string> Connectors(Workbook workbook) =>
        workbook.RequiredConnectors.Select(connector => connector.ConnectorId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
