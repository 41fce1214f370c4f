using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>A YAML tree to a summary rule.</summary>
public static class SummaryReader
{
    /// <summary>The summary rule, or null when the file is no map. What is missing or wrong is a finding and stands as its default.</summary>
    public static SummarySpec? Read(YamlValue root, ICollection<Finding> findings)
    {
        if (ShapeCheck.Check(root, SummaryShape.Shape, findings) is not { } map)
        {
            return null;
        }

        var keys = new SpecMap(map);
        return new()
        {
            Span = keys.File,
            Id = keys.Text("id") ?? keys.FallbackId,
            Override = keys.Flag("override"),
            Version = keys.Text("version") ?? new("0.0.0", keys.Place),
            Name = keys.TextOrEmpty("name"),
            Description = keys.TextOrEmpty("description"),
            Table = keys.TextOrEmpty("table"),
            Bin = keys.Choice("bin", SummaryShape.Bins) ?? new(TimeSpan.FromHours(1), keys.Place),
            Delay = keys.Duration("delay"),
            Start = keys.Text("start"),
            Query = keys.Scalar("query") ?? new(keys.Place, "", Plain: false, []),
            Columns = [.. keys.NamedTexts("columns").Select(MappingReader.ReadColumn)],
            Tests = TestReader.ReadTests(keys),
        };
    }
}
