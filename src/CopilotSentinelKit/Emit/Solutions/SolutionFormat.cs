using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Emit.Solutions;

/// <summary>A solution of Content Hub: the folder that goes below Solutions/ of the Azure-Sentinel repository, with the package that Microsoft's tool
/// would make of it.</summary>
internal static class SolutionFormat
{
    /// <summary>The files, where the format is wanted.</summary>
    /// <param name="pack">The project.</param>
    /// <param name="items">Content; parsers in an order in which each comes after those it calls.</param>
    /// <param name="formats">The formats wanted.</param>
    /// <param name="findings">Takes that kit.yaml says nothing about the solution.</param>
    public static ImmutableArray<Artifact> Render(ResolvedPack pack, ImmutableArray<ContentItem> items, ImmutableArray<OutputFormat> formats, List<Finding> findings)
    {
        if (!formats.Contains(OutputFormat.Solution))
        {
            return [];
        }

        if (pack.Solution is not { } spec)
        {
            findings.Add(ModelFindings.NoSolution(pack.Kit ?? new(new SourceFile("kit.yaml", ""), 0, 0)));
            return [];
        }

        findings.AddRange(items.OfType<AutomationRule>().Select(rule => AutomationFindings.NotInSolution(rule.Name.Span, rule.Name.Value)));
        var parties = new SolutionParties(spec, pack.Publisher);
        // Content Hub takes parsers of ASIM from another folder of the Azure-Sentinel repository.
        var content = SolutionItem.Of(items.RemoveAll(item => item is ParserFunction { Asim: not null }));
        var folder = $"solution/{spec.Name.Value}/";
        var template = SolutionPackage.Write(parties, content);
        var form = JsonText.WriteTemplate(SolutionForm.Of(parties, content));
        var workbooks = items.OfType<Workbook>().OrderBy(workbook => workbook.FileName, StringComparer.Ordinal).ToList();
        ImmutableArray<Artifact> files =
        [
            .. content.Select(item => new Artifact(folder + item.Path, Text(item), item.Content.Id.Span)),
            new($"{folder}Data/Solution_{spec.Name.Value.Replace(" ", "", StringComparison.Ordinal)}.json", JsonText.Write(SolutionDocuments.Data(parties, content))),
            new(folder + "SolutionMetadata.json", JsonText.Write(SolutionDocuments.Metadata(parties))),
            new(folder + "ReleaseNotes.md", SolutionDocuments.ReleaseNotes(spec)),
            new(folder + "Package/mainTemplate.json", template),
            new(folder + "Package/createUiDefinition.json", form),
            new(folder + "Package/testParameters.json", JsonText.WriteTemplate(SolutionPackage.Parameters(content))),
            new($"{folder}Package/{spec.Version}.zip", PackageZip.Of(("createUiDefinition.json", form), ("mainTemplate.json", template))),
        ];
        return workbooks.Count == 0
            ? files
            : files.Add(new("solution/WorkbooksMetadata.json", JsonText.WriteIndented(OutputList.Of(workbooks.Select(workbook => SolutionDocuments.Workbook(parties, workbook)))) + "\n"));
    }

    private static string Text(SolutionItem item) => item.Content switch
    {
        Watchlist list => ArmTemplate.Write(list),
        Workbook workbook => JsonText.Write(WorkbookJson.Gallery(workbook)),
        var other => YamlOutput.Write(ContentKind.Of(other).Yaml(other)),
    };
}
