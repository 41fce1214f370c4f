using CopilotSentinelKit.Content;
using CopilotSentinelKit.Generate;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Generate;

internal sealed class ReadableQueryTests
{
    private const string Long = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";

    [TestCase("T | where A > ago(15m + 5m)", "T | where A > ago(20m)")]
    [TestCase("T | where A > ago(1d + 5m) and B < (1h - 60m) and C > (2d - 1d)", "T | where A > ago(1445m) and B < (0m) and C > (1d)")]
    [TestCase("T | where A > ago(2 * 15m + 5m) and B == \"(15m + 5m)\" // (15m + 5m)", "T | where A > ago(2 * 15m + 5m) and B == \"(15m + 5m)\" // (15m + 5m)")]
    [TestCase($"| extend A = {Long}, B = {Long}", $"| extend\n    A = {Long},\n    B = {Long}")]
    [TestCase($"  | where {Long} and (B or \"{Long}, b\")", $"  | where {Long}\n      and (B or \"{Long}, b\")")]
    [TestCase($"| project A, B, {Long}, {Long}, C", $"| project A, B, {Long},\n    {Long}, C")]
    [TestCase($"| summarize N = count(), arg_max({Long}, {Long}) by C", $"| summarize\n    N = count(),\n    arg_max({Long},\n        {Long})\n    by C")]
    [TestCase($"T | where A == \"{Long}\" | where B == \"{Long}\"", $"T | where A == \"{Long}\"\n| where B == \"{Long}\"")]
    [TestCase($"// {Long}, {Long} and {Long}", $"// {Long}, {Long} and {Long}")]
    public void Constants_are_worked_out_and_long_lines_broken(string kql, string readable)
    {
        var file = new SourceFile("q.kql", kql);
        var query = ReadableQuery.Of(new Query(kql, [new(0, kql.Length, (start, length) => new(file, start, length))], file.All));
        Assert.That(query.Text, Is.EqualTo(readable));
        Assert.That(query.Map.Select(segment => query.Text.Substring(segment.Start, segment.Length)), Is.EqualTo(query.Map.Select(segment => segment.Locate(0, segment.Length).Text)));
    }
}
