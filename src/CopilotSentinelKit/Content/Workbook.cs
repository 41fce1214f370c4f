using System.Collections.Immutable;

namespace CopilotSentinelKit.Content;

/// <summary>A workbook: parameters at the top that a reader sets, and items below that show what they leave.</summary>
public sealed record Workbook : ContentItem
{
    /// <summary>Name of the pack whose content it is, part of the GUIDs of its parts.</summary>
    public required string Pack { get; init; }

    /// <summary>What the reader can set, in the order shown.</summary>
    public required ImmutableArray<WorkbookParameter<WorkbookQuery>> Parameters { get; init; }

    /// <summary>What is shown, from top to bottom.</summary>
    public required ImmutableArray<WorkbookItem<WorkbookQuery>> Items { get; init; }

    /// <summary>Every item, those inside groups and tabs too, each after what holds it.</summary>
    public IEnumerable<WorkbookItem<WorkbookQuery>> AllItems => Items.SelectMany(item => item.WithInner());

    /// <summary>Every query: those of parameters, then those of items, in the order shown.</summary>
    public IEnumerable<WorkbookQuery> Queries =>
        Parameters.OfType<DropdownParameter<WorkbookQuery>>().Where(parameter => parameter.Query is not null).Select(parameter => parameter.Query!)
            .Concat(AllItems.OfType<QueryItem<WorkbookQuery>>().Select(item => item.Query));
}

/// <summary>A query of a workbook.</summary>
/// <param name="Kql">As it is emitted, with <c>{Parameter}</c> where the workbook inserts a value.</param>
/// <param name="Sample">With a value of its kind for each parameter: what Kusto.Language analyses.</param>
/// <param name="References">The parameters it names, in order.</param>
public sealed record WorkbookQuery(Query Kql, Query Sample, ImmutableArray<ParameterReference> References)
{
    /// <summary>What the workbook calls the item or parameter that it belongs to; empty where it has no name.</summary>
    public string Name { get; init; } = "";
}
