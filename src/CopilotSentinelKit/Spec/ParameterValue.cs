using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>Values of parameters: those that a detection gives, and those that a project sets instead.</summary>
public static class ParameterValue
{
    private const int MaxNameLength = 1024;

    private static readonly string[] DateFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:sszzz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
    ];

    /// <summary>A finding for each thing that is not of the type. Any text is a good string: what writes it into KQL escapes it.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="value">A <see cref="YamlText"/> or <see cref="YamlList"/>.</param>
    public static ImmutableArray<Finding> Check(string name, ParameterType type, YamlValue value)
    {
        if (type is not (ParameterType.Strings or ParameterType.Columns))
        {
            return Wrong(value, value is YamlText single ? Problem(type, single) : "it must be a single value, not a list or map.");
        }

        if (value is not YamlList list)
        {
            return Wrong(value, "it must be a list, as in [a, b].");
        }

        if (list.Items.IsEmpty && type == ParameterType.Columns)
        {
            return Wrong(value, "the list must name at least one column.");
        }

        var item = type == ParameterType.Strings ? ParameterType.String : ParameterType.Column;
        return [.. list.Items.SelectMany(candidate => Wrong(candidate, candidate is YamlText text ? Problem(item, text) : "an item must be a text."))];

        ImmutableArray<Finding> Wrong(YamlValue place, string? problem) => problem is null
            ? []
            : [SpecFindings.WrongParameterValue(place.FirstLine(), name, DetectionShape.ParameterTypes.Word(type), problem)];
    }

    /// <summary>A value of the type that stands in for a wrong one.</summary>
    internal static YamlValue Default(ParameterType type, SourceSpan place) => type switch
    {
        ParameterType.Int or ParameterType.Long or ParameterType.Real => Plain("0", place),
        ParameterType.Bool => Plain("false", place),
        ParameterType.Timespan => Plain("1h", place),
        ParameterType.Datetime => Plain("2000-01-01", place),
        ParameterType.String => new YamlText(place, "", Plain: false, []),
        ParameterType.Column => Plain("TimeGenerated", place),
        ParameterType.Columns => new YamlList(place, [Plain("TimeGenerated", place)]),
        _ => new YamlList(place, []),
    };

    private static YamlText Plain(string text, SourceSpan place) => new(place, text, Plain: true, []);

    private static string? Problem(ParameterType type, YamlText text) => type switch
    {
        _ when ScalarValue.IsNull(text) => "it has no value.",
        ParameterType.Int => ScalarValue.Integer(text) is >= int.MinValue and <= int.MaxValue
            ? null
            : "write a whole number from -2147483648 to 2147483647, without quotes.",
        ParameterType.Long => ScalarValue.Integer(text) is not null ? null : "write a whole number of at most 64 bits, without quotes.",
        ParameterType.Real => ScalarValue.Real(text) is not null ? null : "write a number such as 0.5, without quotes.",
        ParameterType.Bool => ScalarValue.Boolean(text) is not null ? null : "write true or false, without quotes.",
        ParameterType.Timespan => DurationText.ReadShort(text.Value) is not null ? null : "write a duration in minutes, hours or days, such as 5m, 1h or 14d.",
        ParameterType.Datetime => IsDate(text.Value) ? null : "write a date such as 2026-01-31 or 2026-01-31T08:00:00Z.",
        _ when ScalarValue.IsNumberOrBoolean(text) => "YAML reads it as a number or a boolean. Put it in quotes.",
        ParameterType.Column => IsColumnName(text.Value) ? null : "write the name of a column, on one line.",
        _ => null,
    };

    internal static bool IsDate(string text) =>
        DateTimeOffset.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    private static bool IsColumnName(string text) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= MaxNameLength && !text.Any(character => char.IsControl(character) || character is '\u2028' or '\u2029');
}
