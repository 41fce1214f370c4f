using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;
using FsCheck;
using FsCheck.Fluent;

namespace CopilotSentinelKit.Tests.Evaluate;

/// <summary>What holds of all rows.</summary>
internal sealed class PropertyTests
{
    private static readonly ImmutableArray<Column> Columns = [new("Name", "string"), new("N", "long"), new("Data", "dynamic")];
    private static readonly Dictionary<string, KqlAnalysis> Analyses = new(StringComparer.Ordinal);

    private static readonly Arbitrary<(string Name, long? N)[]> Rows =
        ArbMap.Default.GeneratorFor<(byte Name, byte N)[]>().Select(rows => rows.Select(row => ($"n{row.Name % 5}", row.N % 7 == 0 ? (long?)null : row.N % 7)).ToArray()).ToArbitrary();

    private const string Joined = "Events_CL | where N <= 4 | project Name, N | join kind=KIND (Events_CL | where N >= 2 | project Name, M = N) on Name";
    private const string Grouped = "Events_CL | summarize count(), sum(N), max(N), dcount(N) by Name";
    private const string Distinct = "Events_CL | distinct Name, N";
    private const string SummarizedBy = "Events_CL | summarize by Name, N";

    private static readonly string[] JoinKinds = ["innerunique", "inner", "leftouter", "rightouter", "fullouter", "leftsemi", "leftanti", "rightsemi", "rightanti"];

    private static readonly string[] OrderFree =
    [
        "Events_CL | summarize count(), sum(N), dcount(Name), min(N), max(N) by Name", "Events_CL | distinct Name, N", "Events_CL | sort by N asc, Name desc | project N, Name",
        "Events_CL | join kind=inner (Events_CL | where N > 2) on Name | project N, N1", "Events_CL | where Name in ((Events_CL | where N == 1 | project Name))", "Events_CL | top-nested 9 of Name by count()",
    ];

    [OneTimeSetUp]
    public async Task Analyse()
    {
        foreach (var query in OrderFree.Concat(JoinKinds.Select(JoinOf)).Append(Grouped).Append(Distinct).Append(SummarizedBy).Append("Events_CL | where N > 2 | where Name != 'n1'").Append("Events_CL | where N > 2 and Name != 'n1'").Append("Events_CL | where isnotnull(N) | join kind=inner (Events_CL | where isnotnull(N) | project Name, N) on Name, N | project Name, N"))
        {
            Analyses[query] = await Evaluated.AnalyzeAsync(query);
        }
    }

    [TestCaseSource(nameof(OrderFree))]
    public void The_order_of_rows_changes_nothing_but_their_order(string query) =>
        Check.QuickThrowOnFailure(Prop.ForAll(Rows, rows => Run(query, rows).SequenceEqual(Run(query, [.. rows.Reverse()]))));

    [Test]
    public void Two_wheres_are_one_with_and() => Check.QuickThrowOnFailure(Prop.ForAll(
        Rows, rows => Run("Events_CL | where N > 2 | where Name != 'n1'", rows).SequenceEqual(Run("Events_CL | where N > 2 and Name != 'n1'", rows))));

    [Test]
    public void A_join_is_its_nested_loop() => Check.QuickThrowOnFailure(Prop.ForAll(Rows, rows =>
    {
        var known = rows.Where(row => row.N is not null).ToArray();
        var pairs = from left in known from right in known where left == right select $"{left.Name},{left.N}";
        return Run("Events_CL | where isnotnull(N) | join kind=inner (Events_CL | where isnotnull(N) | project Name, N) on Name, N | project Name, N", rows).SequenceEqual(pairs.Order(StringComparer.Ordinal));
    }));

    [TestCaseSource(nameof(JoinKinds))]
    public void A_join_of_each_kind_is_its_nested_loop(string kind) => Check.QuickThrowOnFailure(Prop.ForAll(Rows, rows =>
    {
        var left = rows.Where(row => row.N <= 4).ToArray();
        var right = rows.Where(row => row.N >= 2).ToArray();
        var first = kind == "innerunique" ? left.DistinctBy(row => row.Name) : left;
        var pairs = from one in first from other in right where one.Name == other.Name select $"{one.Name},{one.N},{other.Name},{other.N}";
        var onlyLeft = left.Where(one => !right.Any(other => other.Name == one.Name));
        var onlyRight = right.Where(other => !left.Any(one => one.Name == other.Name));
        var expected = kind switch
        {
            "innerunique" or "inner" => pairs,
            "leftouter" => pairs.Concat(onlyLeft.Select(one => $"{one.Name},{one.N},,")),
            "rightouter" => pairs.Concat(onlyRight.Select(other => $",,{other.Name},{other.N}")),
            "fullouter" => pairs.Concat(onlyLeft.Select(one => $"{one.Name},{one.N},,")).Concat(onlyRight.Select(other => $",,{other.Name},{other.N}")),
            "leftsemi" => left.Where(one => right.Any(other => other.Name == one.Name)).Select(one => $"{one.Name},{one.N}"),
            "leftanti" => onlyLeft.Select(one => $"{one.Name},{one.N}"),
            "rightsemi" => right.Where(other => left.Any(one => one.Name == other.Name)).Select(other => $"{other.Name},{other.N}"),
            _ => onlyRight.Select(other => $"{other.Name},{other.N}"),
        };
        return Run(JoinOf(kind), rows).SequenceEqual(expected.Order(StringComparer.Ordinal));
    }));

    [Test]
    public void Summarize_is_grouping_by_hand() => Check.QuickThrowOnFailure(Prop.ForAll(Rows, rows =>
        Run(Grouped, rows).SequenceEqual(rows.GroupBy(row => row.Name)
            .Select(group => $"{group.Key},{group.Count()},{group.Sum(row => row.N ?? 0)},{group.Max(row => row.N)},{group.Where(row => row.N is not null).Select(row => row.N).Distinct().Count()}")
            .Order(StringComparer.Ordinal))));

    [Test]
    public void Distinct_is_summarize_by() => Check.QuickThrowOnFailure(Prop.ForAll(Rows, rows => Run(Distinct, rows).SequenceEqual(Run(SummarizedBy, rows))));

    private static string JoinOf(string kind) => Joined.Replace("KIND", kind, StringComparison.Ordinal);

    private static IEnumerable<string> Run(string query, (string Name, long? N)[] rows)
    {
        var table = new EvaluationTable("Events_CL", Columns, [.. rows.Select(row => ImmutableArray.Create(Value.Of(row.Name), row.N is { } n ? Value.Of(n) : Value.Null, Value.Null))]);
        var compiled = CompiledQuery.Compile(Analyses[query], Evaluated.Workspace with { Tables = [table] });
        return compiled.Run().Rows.Select(row => string.Join(',', row)).Order(StringComparer.Ordinal);
    }
}
