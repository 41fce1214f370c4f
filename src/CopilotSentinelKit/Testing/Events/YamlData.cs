using System.Globalization;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Testing.Events;

/// <summary>What a person wrote in YAML or JSON, as a dynamic value of KQL.</summary>
public static partial class YamlData
{
    /// <summary>Plain scalars as YAML 1.2's core schema reads them (null, true, 12, 0x1F, 1.5, .inf), which covers JSON; whole numbers beyond
    /// 64 bits are real. Other scalars are texts, lists are arrays and maps are bags.</summary>
    public static Value ToValue(YamlValue value) => value switch
    {
        YamlMap map => Value.Of(ToBag(map)),
        YamlList list => Value.Of(new DynamicArray([.. list.Items.Select(ToValue)])),
        _ => Scalar((YamlText)value),
    };

    /// <summary>A map as a property bag.</summary>
    public static DynamicBag ToBag(YamlMap map) => DynamicBag.From(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Value, ToValue(entry.Value))));

    private static Value Scalar(YamlText text) => !text.Plain ? Value.Of(text.Value) : text.Value switch
    {
        "" or "~" or "null" or "Null" or "NULL" => Value.Null,
        "true" or "True" or "TRUE" => Value.Of(true),
        "false" or "False" or "FALSE" => Value.Of(false),
        ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => Value.Of(double.PositiveInfinity),
        "-.inf" or "-.Inf" or "-.INF" => Value.Of(double.NegativeInfinity),
        ".nan" or ".NaN" or ".NAN" => Value.Of(double.NaN),
        [>= '0' and <= '9' or '-' or '+' or '.', ..] => Number(text.Value) ?? Value.Of(text.Value),
        var other => Value.Of(other),
    };

    private static Value? Number(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return Value.Of(whole);
        }

        if (Radix().Match(text) is { Success: true } radix)
        {
            var (digits, bits) = (radix.Groups["digits"].Value.TrimStart('0'), text[1] == 'x' ? 4 : 3);
            return digits.Length * bits > 63 ? Value.Of(text) : Value.Of(digits.Aggregate(0L, (sum, digit) => (sum << bits) + Convert.ToInt32(digit.ToString(), 16)));
        }

        return Decimal().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? Value.Of(real) : null;
    }

    [GeneratedRegex(@"^0(x(?<digits>[0-9a-fA-F]+)|o(?<digits>[0-7]+))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Radix();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();
}
