using System.Collections.Immutable;
using CopilotSentinelKit.Emit.Formats;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Testing;

/// <summary>The operations of the records that tests are made of, and what finds them.</summary>
internal static class TestedOperations
{
    private const string Member = "Operation";

    /// <summary>The operations, in ordinal order. A detection finds one when a test that expects rows has a record of it.</summary>
    /// <param name="pack">The project.</param>
    /// <param name="files">The files that tests name.</param>
    /// <param name="findings">Takes what is wrong with events.</param>
    public static ImmutableArray<OperationFacts> Of(ResolvedPack pack, EventFiles files, ICollection<Finding> findings)
    {
        var series = new EventSeries(files, pack.Mapping.Records, findings);
        var detections = pack.Detections.Select(detection => detection.Spec.Id.Value).ToHashSet(StringComparer.Ordinal);
        var found =
            from target in pack.Tests
            from test in target.Tests
            from operation in Operations(series, test)
            group detections.Contains(target.Target) && !test.Expect.IsNone ? target.Target : null by operation into operation
            select new OperationFacts(operation.Key, [.. operation.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
        return [.. found.OrderBy(operation => operation.Name, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Operations(EventSeries series, TestSpec test) =>
        (series.Of(test.Events, TestSpec.DefaultNow, goesOn: true) ?? [])
            .Select(record => ValueText.Of(record.Record.Members.Find(Member)))
            .Where(operation => operation.Length > 0)
            .Distinct(StringComparer.Ordinal);
}
