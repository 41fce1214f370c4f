using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Simulate;

/// <summary>Which rows belong together: the copies of a record and, where an agent took part, all records of the conversation. Such a cell is seen in
/// states, one for each time at which a row of it arrives.</summary>
internal sealed class SimulatedHistory
{
    private readonly Dictionary<string, int> _cells = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _records = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SortedSet<DateTime>> _arrivals = [];
    private readonly Dictionary<string, List<int>> _rows = new(StringComparer.Ordinal);
    private ImmutableArray<ImmutableArray<DateTime>> _states = [];

    /// <summary>The most states of a cell.</summary>
    public int MostStates => _states.IsDefaultOrEmpty ? 0 : _states.Max(states => states.Length);

    /// <summary>Notes a row, in the order in which rows are in their table.</summary>
    public void Add(SimulatedEvent made, string table, DateTime arrives)
    {
        var members = made.Record.Members;
        var conversation = ValueText.Of(members.Find("CopilotEventData").AsBag?.Find("ConversationId") ?? Value.Null);
        var key = conversation.Length > 0 ? $"{ValueText.Of(members.Find("UserId"))} {conversation}" : made.Id;
        if (!_cells.TryGetValue(key, out var cell))
        {
            _cells.Add(key, cell = _arrivals.Count);
            _arrivals.Add([]);
        }

        _records[made.Id] = cell;
        _arrivals[cell].Add(arrives);
        if (!_rows.TryGetValue(table, out var rows))
        {
            _rows.Add(table, rows = []);
        }

        rows.Add(cell);
    }

    /// <summary>All rows are noted.</summary>
    public void Close() => _states = [.. _arrivals.Select(times => times.ToImmutableArray())];

    /// <summary>The cell of a record.</summary>
    public int CellOf(string record) => _records[record];

    /// <summary>From when until when a cell is in a state.</summary>
    public (DateTime From, DateTime Until) Span(int cell, int state) =>
        (_states[cell][state], state + 1 < _states[cell].Length ? _states[cell][state + 1] : DateTime.MaxValue);

    /// <summary>The rows of all cells that have the state, as they are in it.</summary>
    public ImmutableArray<EvaluationTable> At(int state, ImmutableArray<EvaluationTable> tables) =>
    [
        .. tables.Select(table => _rows.TryGetValue(table.Name, out var cells)
            ? table.Part([.. Enumerable.Range(0, cells.Count).Where(row => state < _states[cells[row]].Length && table.IngestionTimes[row] <= _states[cells[row]][state])])
            : table),
    ];
}
