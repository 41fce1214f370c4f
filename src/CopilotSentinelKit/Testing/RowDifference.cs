using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Testing;

/// <summary>Compares what a query returned with what its test expects.</summary>
internal static class RowDifference
{
    private const int MostShown = 5;
    private const int MostColumns = 8;
    private const int LongestValue = 120;

    /// <summary>The difference, line by line; empty when there is none.</summary>
    public static ImmutableArray<string> Find(ExpectationSpec expected, EvaluationResult actual, DateTime now)
    {
        var places = actual.Columns.Select((column, index) => (column, index)).ToDictionary(pair => pair.column.Name, pair => pair.index, StringComparer.Ordinal);
        var pairs = RowMatch.Find(expected.Rows.Length, actual.Rows.Length, (row, other) => Misfits(expected.Rows[row], actual.Rows[other]).IsEmpty);
        ImmutableArray<int> missing = [.. Enumerable.Range(0, pairs.Length).Where(row => pairs[row] < 0)];
        if (missing.IsEmpty && (expected.Count is null || expected.Count == actual.Rows.Length))
        {
            return [.. Columns(expected, actual), .. expected.IsOrdered ? OutOfOrder(expected, actual.Rows, (written, row) => Misfits(written, row).IsEmpty) : []];
        }

        var free = Enumerable.Range(0, actual.Rows.Length).Except(pairs).ToList();
        var lines = ImmutableArray.CreateBuilder<string>();
        lines.Add(Summary(expected, actual.Rows.Length, missing.Length));
        foreach (var row in missing.Take(MostShown))
        {
            Explain(row);
        }

        foreach (var other in free.Take(expected.Count is null ? 0 : MostShown))
        {
            lines.Add("+ " + Show(actual.Rows[other]));
        }

        return lines.DrainToImmutable();

        void Explain(int row)
        {
            var written = expected.Rows[row];
            lines.Add($"- {Cut(string.Join(", ", written.Entries.Select(entry => $"{entry.Key.Value}: {ExpectedValue.Show(entry.Value)}")))} (line {written.Span.Position.Line})");
            if (free.Count == 0)
            {
                return;
            }

            var nearest = free.MinBy(other => Misfits(written, actual.Rows[other]).Length);
            if (Misfits(written, actual.Rows[nearest]) is var misfits && misfits.Length < written.Entries.Length)
            {
                free.Remove(nearest);
                lines.AddRange(misfits.Select(entry => $"  {entry.Key.Value} is {Cut(ExpectedValue.Show(Cell(entry, actual.Rows[nearest])))}, not {Cut(ExpectedValue.Show(entry.Value))}"));
            }
        }

        ImmutableArray<YamlEntry> Misfits(YamlMap written, ImmutableArray<Value> row) =>
            [.. written.Entries.Where(entry => !places.TryGetValue(entry.Key.Value, out var place) || !ExpectedValue.Fits(entry.Value, row[place], actual.Columns[place].Type, now))];

        Value Cell(YamlEntry entry, ImmutableArray<Value> row) => places.TryGetValue(entry.Key.Value, out var place) ? row[place] : Value.Null;

        // The columns that the test speaks of say most.
        string Show(ImmutableArray<Value> row)
        {
            var named = expected.Rows.SelectMany(written => written.Entries).Select(entry => entry.Key.Value).Where(places.ContainsKey).Distinct().ToList();
            return string.Join(", ", (named.Count > 0 ? named : [.. places.Keys.Take(MostColumns)]).Select(name => $"{name}: {Cut(ExpectedValue.Show(row[places[name]]))}"));
        }
    }

    private static IEnumerable<string> Columns(ExpectationSpec expected, EvaluationResult actual) =>
        expected.Columns is { } columns && !columns.Select(column => column.Value).SequenceEqual(actual.Columns.Select(column => column.Name), StringComparer.Ordinal)
            ? [$"The columns are {string.Join(", ", actual.Columns.Select(column => column.Name))}; the test expects {string.Join(", ", columns.Select(column => column.Value))}."]
            : [];

    private static IEnumerable<string> OutOfOrder(ExpectationSpec expected, ImmutableArray<ImmutableArray<Value>> rows, Func<YamlMap, ImmutableArray<Value>, bool> fits)
    {
        var next = 0;
        foreach (var written in expected.Rows)
        {
            while (next < rows.Length && !fits(written, rows[next]))
            {
                next++;
            }

            if (next++ == rows.Length)
            {
                return [$"The rows are there, but in another order: that of line {written.Span.Position.Line} comes before one that the test puts before it."];
            }
        }

        return [];
    }

    private static string Summary(ExpectationSpec expected, int actual, int missing)
    {
        var wanted = expected.Count is { } count ? Rows(count) : $"{Rows(expected.Rows.Length)} among others";
        return expected.Count == actual
            ? $"{Rows(actual)}, as expected, but {(missing == 1 ? "one is" : $"{missing} are")} different."
            : $"{(actual == 0 ? "No row" : Rows(actual))}, and the test expects {(expected.Count == 0 ? "none" : wanted)}.";
    }

    private static string Rows(int count) => count == 1 ? "1 row" : FormattableString.Invariant($"{count} rows");

    private static string Cut(string text) => text.Length <= LongestValue ? text : text[..LongestValue] + "...";
}
