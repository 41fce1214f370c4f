using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Testing.Events;

/// <summary>Rows that people write for a table or watchlist, checked against its columns.</summary>
public static class TableRows
{
    private const string Time = "TimeGenerated";

    /// <summary>The rows, a value a column: null where a row does not name it, except that TimeGenerated is then now, as it is the time of
    /// arrival in Log Analytics. A text in a dynamic column stays a text, even where it is JSON.</summary>
    /// <param name="owner">Whose rows they are, for findings: <c>the table "SigninLogs"</c>, <c>the watchlist "VipUsers"</c>.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">The rows as written.</param>
    /// <param name="now">What relative times count from, UTC.</param>
    /// <param name="findings">Takes a finding for each unknown column and each value of another type, which is then null.</param>
    public static ImmutableArray<ImmutableArray<Value>> Read(
        string owner, ImmutableArray<Column> columns, IEnumerable<WrittenRow> rows, DateTime now, ICollection<Finding> findings)
    {
        var places = columns.Select((column, place) => (column.Name, place)).ToDictionary(column => column.Name, column => column.place, StringComparer.Ordinal);
        var types = columns.Select(column => KqlTypes.Find(column.Type) ?? KqlType.Dynamic).ToArray();
        var time = places.TryGetValue(Time, out var place) && types[place] == KqlType.DateTime ? place : -1;
        return [.. rows.Select(ReadRow)];

        ImmutableArray<Value> ReadRow(WrittenRow row)
        {
            var values = new Value[types.Length];
            if (time >= 0)
            {
                values[time] = Value.Of(now);
            }

            foreach (var (column, value) in row.Cells)
            {
                if (!places.TryGetValue(column.Value, out var at))
                {
                    findings.Add(EventFindings.UnknownColumn(column.Span, column.Value, owner, places.Keys));
                }
                else if ((row.IsText ? CellValue.OfText(types[at], value.Value.Text, now) : CellValue.AsWritten(types[at], value.Value, now)) is { } typed)
                {
                    values[at] = typed;
                }
                else
                {
                    findings.Add(EventFindings.WrongValue(value.Span, column.Value, CellValue.Expected(types[at]), CellValue.Found(value.Value)));
                }
            }

            return [.. values];
        }
    }
}
