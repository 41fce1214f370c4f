using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Pack;

/// <summary>The Build stage: puts the project's specs over the shipped ones and resolves every name.</summary>
public static class PackBuilder
{
    /// <summary>Name of the shipped pack, part of the GUID of all its content.</summary>
    public const string ShippedPack = "copilot";

    /// <summary>The merged pack, or null when there is no mapping to build on.</summary>
    /// <param name="shipped">The specs that come with the kit.</param>
    /// <param name="project">The project's own, or null where there is no kit.yaml.</param>
    /// <param name="templates">Shipped templates, the project's own in front of them.</param>
    /// <param name="findings">Takes what does not fit together.</param>
    /// <param name="environment">The environment of the project that it is for, or null.</param>
    public static ResolvedPack? Build(SpecSet shipped, SpecSet? project, TemplateSet templates, List<Finding> findings, EnvironmentSpec? environment = null)
    {
        var kit = environment is null ? project?.Kit : project?.Kit?.In(environment);
        var isWhole = kit is { Shipped: false };
        if ((isWhole ? project!.Mapping : shipped.Mapping) is not { } below)
        {
            findings.Add(ModelFindings.NoMapping(new(new SourceFile("rules/mapping.yaml", ""), 0, 0)));
            return null;
        }

        var projectName = kit?.Name.Value ?? ShippedPack;
        var mapping = MappingBuilder.Build(below, isWhole ? null : project?.Mapping, kit?.Sources, findings) with
        {
            Masked = kit?.Masked ?? false,
            Pack = isWhole ? projectName : ShippedPack,
        };
        var detections = Layers.Merge(
            "detection", shipped.Detections, project?.Detections ?? [], d => d.Id, d => d.Override, findings, warnReplaced: true);
        var watchlists = Layers.Merge(
            "watchlist", shipped.Watchlists, project?.Watchlists ?? [], w => w.Alias, w => w.Override, findings, warnReplaced: true);
        var workbooks = Layers.Merge(
            "workbook", shipped.Workbooks, project?.Workbooks ?? [], w => w.Id, w => w.Override, findings, warnReplaced: true);
        var summaries = Layers.Merge(
            "summary rule", shipped.Summaries, project?.Summaries ?? [], s => s.Id, s => s.Override, findings, warnReplaced: true);
        var automation = Layers.Merge(
            "automation rule", shipped.Automation, project?.Automation ?? [], a => a.Id, a => a.Override, findings, warnReplaced: true);
        // Tests and results name either by its id.
        findings.AddRange(
            from summary in summaries
            join detection in detections on summary.Id.Value equals detection.Id.Value
            select ModelFindings.Duplicate("detection or summary rule", summary.Id.Value, summary.Id.Span, detection.Id.Span));
        findings.AddRange(project?.Kit is { } written ? DetectionLayers.WithoutEffect(written, detections) : []);
        CheckTemplates(detections, mapping, templates, findings);
        findings.AddRange(UnusedParts.Find([.. shipped.Detections, .. project?.Detections ?? []], templates));
        var panels = WorkbookPanels.Of(shipped.Panels, project?.Panels ?? [], [.. shipped.Workbooks, .. project?.Workbooks ?? []], findings);

        var content = Deprecations.Apply(
            DetectionLayers.Apply(
                [.. detections.Select(d => new Detection(d, PackOf(d.Id, shipped.Detections.Select(s => s.Id))))], kit?.Detections ?? [], findings),
            findings);
        return new(
            kit?.Publisher ?? "CopilotSentinelKit",
            mapping,
            content,
            [.. watchlists
                .Select(w => new PackWatchlist(w, PackOf(w.Alias, shipped.Watchlists.Select(s => s.Alias))))
                .OrderBy(w => w.Spec.Alias.Value, StringComparer.Ordinal)],
            [.. workbooks
                .Select(w => new PackWorkbook(panels.Resolve(w, findings), PackOf(w.Id, shipped.Workbooks.Select(s => s.Id))))
                .OrderBy(w => w.Spec.Id.Value, StringComparer.Ordinal)],
            kit is null
                ? Workspace.Empty
                : new([.. kit.Tables.Select(t => t.Value)], [.. kit.Functions.Select(f => f.Value)], [.. kit.Watchlists.Select(w => w.Value)]),
            Formats(kit, templates, findings),
            kit?.Output.Value ?? KitSpec.UsualOutput,
            kit?.Parsers ?? ParserPlacement.Deployed,
            templates)
        {
            Name = projectName,
            Solution = kit?.Solution,
            Kit = kit?.Span,
            LeftOut = [.. (kit?.Detections ?? []).Where(layer => layer.Disable is true).Select(layer => layer.Id)],
            Outputs = project?.Kit?.Outputs ?? [KitSpec.UsualOutput],
            FindingRules = kit?.Findings ?? [],
            Summaries = [.. summaries.Select(s => new PackSummary(s, PackOf(s.Id, shipped.Summaries.Select(other => other.Id)))).OrderBy(s => s.Spec.Id.Value, StringComparer.Ordinal)],
            Automation =
            [
                .. AutomationTargets.Resolve(automation, detections, content, [.. shipped.Automation], findings)
                    .Select(a => new PackAutomation(a.Spec, PackOf(a.Spec.Id, shipped.Automation.Select(other => other.Id)), a.Detections))
                    .OrderBy(a => a.Spec.Id.Value, StringComparer.Ordinal),
            ],
            Simulation = SimulationLayers.Merge(shipped.Simulation, project?.Simulation),
            Tests = TestLayers.Merge(shipped, project, content, detections, summaries, mapping, kit?.Detections ?? [], findings),
        };

        string PackOf(Spanned<string> id, IEnumerable<Spanned<string>> shippedIds) =>
            shippedIds.Any(other => other.Value == id.Value) ? ShippedPack : projectName;
    }

    private static ImmutableArray<OutputFormat> Formats(KitSpec? kit, TemplateSet templates, List<Finding> findings)
    {
        var known = OutputFormats.In(templates);
        var unknown = (kit?.Formats ?? []).Where(format => !known.Contains(format.Value)).ToList();
        findings.AddRange(unknown.Select(format => TemplateFindings.UnknownFormat(format.Value.Name, format.Span, known.Select(other => other.Name))));
        return kit?.Formats is { } formats ? [.. formats.Select(format => format.Value).Except(unknown.Select(format => format.Value)).OrderBy(format => format.Name, StringComparer.Ordinal)] : OutputFormat.Usual;
    }

    private static void CheckTemplates(
        ImmutableArray<DetectionSpec> detections, Mapping mapping, TemplateSet templates, List<Finding> findings)
    {
        var used = detections.Select(d => (Folder: "detections", Name: d.Template))
            .Concat(mapping.Parsers.Select(p => (Folder: "parsers", Name: (Spanned<string>?)p.Template)));
        foreach (var (folder, name) in used)
        {
            if (name is { } template && !templates.Files.ContainsKey($"{folder}/{template.Value}"))
            {
                findings.Add(ModelFindings.UnknownTemplate(template.Value, folder, template.Span, templates.NamesIn(folder)));
            }
        }
    }
}
