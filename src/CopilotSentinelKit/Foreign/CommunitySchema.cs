using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Foreign;

/// <summary>The JSON Schema of the community's YAML, made of the tables by which <c>csk check</c> reads it.</summary>
public static class CommunitySchema
{
    private static readonly string[] OfSchedule = ["queryFrequency", "queryPeriod", "triggerOperator", "triggerThreshold"];

    private static readonly MapShape ScheduledRule = Open(CommunityShapes.Rule) with { Name = "a scheduled rule" };

    // A near-real-time rule runs each minute, whatever it says of a schedule.
    private static readonly MapShape NrtRule = ScheduledRule with
    {
        Name = "a near-real-time rule",
        Keys = [.. ScheduledRule.Keys.Select(key => OfSchedule.Contains(key.Name) ? key with { IsRequired = false } : key)],
    };

    /// <summary>Analytics rules, hunting queries, parsers and ASIM parsers: what a file is shows in its keys, as it does to the reader.</summary>
    public static SpecSchema Schema { get; } = new("community", "analytics rules, hunting queries and parsers as the Azure-Sentinel repository has them", writer => writer.Document(
        "rule, hunting query or parser of the community",
        [
            (Has("ParserQuery"), Open(CommunityShapes.AsimParser)),
            (Has("FunctionQuery"), Open(CommunityShapes.Parser)),
            (Has("queryFrequency"), ScheduledRule),
            (OutputMap.Of(("properties", OutputMap.Of(("kind", OutputMap.Of(("const", "NRT"))))), ("required", OutputList.Of(["kind"]))), NrtRule),
        ],
        Open(CommunityShapes.Hunt)));

    private static OutputMap Has(string key) => OutputMap.Of(("required", OutputList.Of([key])));

    // Keys that the kit does not read may hold anything.
    private static MapShape Open(MapShape shape) => shape with { Keys = [.. shape.Keys.Select(key => key.Description == CommunityShapes.NotRead ? key with { Shape = new DataShape() } : key)] };
}
