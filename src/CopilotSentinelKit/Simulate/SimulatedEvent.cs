using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Simulate;

/// <summary>An audit record that was made up.</summary>
/// <param name="At">When it happened, UTC.</param>
/// <param name="Record">The record.</param>
/// <param name="Fields">What sources know beside the record, by field of the mapping.</param>
public sealed record SimulatedEvent(DateTime At, AuditRecord Record, ImmutableSortedDictionary<string, string> Fields)
{
    /// <summary>Its id.</summary>
    public string Id => ValueText.Of(Record.Members.Find("Id"));

    /// <summary>Rows of other tables that come with it.</summary>
    public ImmutableArray<SimulatedRow> Rows { get; init; } = [];
}

/// <summary>A row of a table that is no source.</summary>
/// <param name="At">When it happened and arrives, UTC.</param>
/// <param name="Table">The table.</param>
/// <param name="Values">Its columns and their values.</param>
public sealed record SimulatedRow(DateTime At, string Table, DynamicBag Values);
