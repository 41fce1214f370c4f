
using CopilotSentinelKit.Content;

namespace CopilotSentinelKit.Spec;

/// <summary>Shapes and words that several specs share.</summary>
internal static class SharedShapes
{
    /// <summary>A text of one line.</summary>
    public static TextShape Line { get; } = new(MaxLength: 1024);

    /// <summary>A text that may have several lines.</summary>
    public static TextShape Lines { get; } = new(Lines: true);

    /// <summary>KQL, which Sentinel limits after rendering.</summary>
    public static TextShape KqlText { get; } = new(MaxLength: 100_000, Lines: true);

    /// <summary>An id.</summary>
    public static TextShape Id { get; } = new(Forms.Id);

    /// <summary>X.Y.Z.</summary>
    public static TextShape Version { get; } = new(Forms.Version);

    /// <summary>A name in KQL.</summary>
    public static TextShape Name { get; } = new(Forms.Identifier);

    /// <summary>true or false.</summary>
    public static BooleanShape Flag { get; } = new();

    /// <summary>5m, 1h, 14d.</summary>
    public static DurationShape Duration { get; } = new();

    /// <summary>A scalar type of KQL.</summary>
    public static ChoiceShape KustoType { get; } =
        new(["string", "bool", "int", "long", "real", "decimal", "datetime", "timespan", "guid", "dynamic"]);

    /// <summary>Severities, as Sentinel writes them.</summary>
    public static Choices<AlertSeverity> Severities { get; } = new(
        ("Informational", AlertSeverity.Informational),
        ("Low", AlertSeverity.Low),
        ("Medium", AlertSeverity.Medium),
        ("High", AlertSeverity.High));

    /// <summary>The key that says that a spec replaces one of the pack.</summary>
    public static Key Override(string what) =>
        Key.Optional("override", Flag, $"true when this replaces the {what} of the same name in the shipped pack.");

    /// <summary>Column names and their types.</summary>
    public static MapShape Columns(string owner) =>
        MapShape.Of($"the columns of {owner}", new(Forms.Identifier, KustoType, "A column and its KQL type."));
}
