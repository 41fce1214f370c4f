using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Content;

/// <summary>Fields that are written as they stand, beside those that the kit makes and in place of those of the same name.</summary>
/// <param name="Yaml">Fields of the community YAML, or null.</param>
/// <param name="Arm">Properties of the ARM resource, or null.</param>
public sealed record FurtherFields(YamlMap? Yaml, YamlMap? Arm)
{
    /// <summary>No field.</summary>
    public static FurtherFields None { get; } = new(null, null);
}
