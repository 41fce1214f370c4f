using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Testing;

/// <summary>What can be said of tests without running them.</summary>
internal static class TestChecks
{
    /// <summary>Names that are there twice, and tests that are missing.</summary>
    public static void Check(TestTarget target, ImmutableArray<TestSpec> tests, List<Finding> findings)
    {
        findings.AddRange(
            from name in tests.Select(test => test.Name)
            group name by name.Value into same
            from second in same.Skip(1)
            select TestFindings.DuplicateName(second.Span, second.Value, target.Name, same.First().Span));
        findings.AddRange(tests.Where(test => test is { Events.IsEmpty: true, Tables.IsEmpty: true, Functions.IsEmpty: true, External.IsEmpty: true, Watchlists.IsEmpty: true }).Select(test => TestFindings.NothingHappens(test.Name.Span)));
    }

    /// <summary>A detection or hunt needs a test that fires and one that must not; a parser one that gives rows.</summary>
    public static IEnumerable<Finding> Missing(TestTarget target, ImmutableArray<TestSpec> tests)
    {
        if (!tests.Any(test => !test.Expect.IsNone))
        {
            yield return TestFindings.NoFiringTest(target.Place, target.Name);
        }

        if (!target.IsParser && !tests.Any(test => test.Expect.IsNone))
        {
            yield return TestFindings.NoSilentTest(target.Place, target.Name);
        }
    }

    /// <summary>Columns that the query does not return, and values that a column cannot hold.</summary>
    public static void CheckExpected(TestTarget target, TestSpec test, DateTime now, List<Finding> findings)
    {
        var types = target.Columns.ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        if (test.Expect.Alerts is { } alerts && target.Rule is null)
        {
            findings.Add(TestFindings.NoAlerts(alerts.Span, target.Name));
        }

        foreach (var (key, value) in test.Expect.Rows.SelectMany(row => row.Entries))
        {
            if (!types.TryGetValue(key.Value, out var type))
            {
                // Columns that come from rows, as those of bag_unpack do, are seen when it runs.
                if (!target.Query.Analysis.IsOpen)
                {
                    findings.Add(TestFindings.UnknownColumn(key.Span, key.Value, target.Name, types.Keys));
                }
            }
            else if (!ExpectedValue.IsOf(value, type, now))
            {
                findings.Add(TestFindings.WrongValue(value.FirstLine(), key.Value, type, value.FirstLine().Text));
            }
        }
    }
}
