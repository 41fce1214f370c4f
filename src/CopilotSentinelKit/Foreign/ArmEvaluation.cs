using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>Works out an expression of a template: references, and the functions that make texts and put objects together. Null where it needs anything else.</summary>
/// <param name="written">The value that the expression is, in its brackets.</param>
/// <param name="find">Gives the value of "parameters" or "variables" of a name, or null.</param>
/// <param name="resolve">Gives what a member of an object is, which may be an expression again.</param>
internal sealed partial class ArmEvaluation(YamlText written, Func<string, string, YamlValue?> find, Func<YamlValue?, YamlValue?> resolve)
{
    // Longer than any query, and than a template may be.
    private const int MaxText = 4_000_000;

    private static readonly char[] Braces = ['{', '}'];

    /// <summary>The value of a part of the expression.</summary>
    public YamlValue? Evaluate(ArmCode code) => code switch
    {
        ArmText text => Text(text.Value, text, (start, length) => (text.PlaceOf(start), text.PlaceOf(start + length) - text.PlaceOf(start))),
        ArmNumber number => Text(number.Value.ToString(CultureInfo.InvariantCulture), number) with { Plain = true },
        ArmMember member => Evaluate(member.Of) is YamlMap map && Evaluate(member.Key) is YamlText key ? resolve(map.Find(key.Value)) : null,
        ArmCall call => Call(call),
        _ => null,
    };

    private YamlValue? Call(ArmCall call)
    {
        if ((call.Is("parameters") || call.Is("variables")) && call.Arguments is [ArmText name])
        {
            return find(call.Name.ToLowerInvariant(), name.Value);
        }

        var arguments = call.Arguments.Select(Evaluate).ToImmutableArray();
        var texts = arguments.OfType<YamlText>().ToImmutableArray();
        return arguments.Any(argument => argument is null) ? null
            : texts.Length == arguments.Length ? OfTexts(call, texts)
            : call.Is("union") && arguments.All(argument => argument is YamlMap) ? arguments.Cast<YamlMap>().Aggregate(Union)
            : call.Is("join") && arguments is [YamlList list, YamlText separator] && list.Items.All(item => item is YamlText) ? Concat(call, Between(list.Items.Cast<YamlText>(), separator))
            : null;
    }

    private YamlValue? OfTexts(ArmCall call, ImmutableArray<YamlText> values) => (call.Name.ToLowerInvariant(), values) switch
    {
        // An empty default stands for a value that somebody has to give.
        ("concat", _) => call.Arguments.Zip(values).Any(part => part is (ArmCall { Name: "parameters" }, { Value: "" })) ? null : Concat(call, values),
        ("createarray", _) => new YamlList(Place(call), [.. values]),
        ("format", [var form, .. var inserted]) => Format(call, form, inserted),
        ("string", [var value]) => value.Plain && value.Value is "true" or "false" ? Text(value.Value == "true" ? "True" : "False", call) : value with { Plain = false },
        ("int", [var value]) => long.TryParse(value.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? value with { Plain = true } : null,
        ("bool", [var value]) => bool.TryParse(value.Value, out var flag) ? Text(flag ? "true" : "false", call) with { Plain = true } : null,
        ("tolower", [var value]) => value with { Value = value.Value.ToLowerInvariant() },
        ("toupper", [var value]) => value with { Value = value.Value.ToUpperInvariant() },
        ("replace", [var value, { Value.Length: > 0 } old, var other]) when ((long)value.Value.Length + 1) * (other.Value.Length + 1) <= MaxText => value.Value.Contains(old.Value, StringComparison.Ordinal)
            ? Text(value.Value.Replace(old.Value, other.Value, StringComparison.Ordinal), call)
            : value,
        _ => null,
    };

    private YamlText? Format(ArmCall call, YamlText form, ImmutableArray<YamlText> inserted)
    {
        var parts = new List<YamlText>();
        var done = 0;
        foreach (Match hole in Hole().Matches(form.Value))
        {
            parts.Add(Part(form, done, hole.Index - done));
            if (!hole.Groups["index"].Success)
            {
                parts.Add(Part(form, hole.Index, 1));
            }
            else if (int.TryParse(hole.Groups["index"].Value, CultureInfo.InvariantCulture, out var index) && index < inserted.Length)
            {
                parts.Add(inserted[index]);
            }
            else
            {
                return null;
            }

            done = hole.Index + hole.Length;
        }

        parts.Add(Part(form, done, form.Value.Length - done));
        return Hole().Replace(form.Value, "").IndexOfAny(Braces) >= 0 ? null : Concat(call, parts);
    }

    // Every part keeps its places, so that what is wrong in the whole is shown where it is written.
    private YamlText? Concat(ArmCall call, IEnumerable<YamlText> values)
    {
        var parts = values.Where(value => value.Value.Length > 0).ToImmutableArray();
        if (parts.Sum(part => (long)part.Value.Length) > MaxText)
        {
            return null;
        }

        var starts = new int[parts.Length];
        for (var i = 1; i < parts.Length; i++)
        {
            starts[i] = starts[i - 1] + parts[i - 1].Value.Length;
        }

        return new(Place(call), string.Concat(parts.Select(part => part.Value)), Plain: false, [])
        {
            Place = (start, length) =>
            {
                var found = Array.BinarySearch(starts, start) is >= 0 and var exact ? exact : ~Array.BinarySearch(starts, start) - 1;
                return found < 0 ? Place(call) : parts[found].Locate(start - starts[found], Math.Min(length, parts[found].Value.Length - (start - starts[found])));
            },
        };
    }

    private static IEnumerable<YamlText> Between(IEnumerable<YamlText> values, YamlText separator) =>
        values.SelectMany((value, index) => index == 0 ? [value] : new[] { separator, value });

    private static YamlMap Union(YamlMap first, YamlMap second) => new(first.Span,
    [
        .. first.Entries.Select(entry => second.Entry(entry.Key.Value) is { } other
            ? other with { Value = entry.Value is YamlMap mine && other.Value is YamlMap theirs ? Union(mine, theirs) : other.Value }
            : entry),
        .. second.Entries.Where(entry => first.Entry(entry.Key.Value) is null),
    ]);

    private static YamlText Part(YamlText text, int from, int length) => text with
    {
        Value = text.Value.Substring(from, length),
        Place = (start, count) => text.Locate(from + start, count),
    };

    private YamlText Text(string value, ArmCode code, Func<int, int, (int Start, int Length)>? place = null) => new(Place(code), value, Plain: false, [])
    {
        Place = (start, length) => place?.Invoke(start, length) is var (from, count) ? written.Locate(from, count) : Place(code),
    };

    private SourceSpan Place(ArmCode code) => written.Locate(code.Start, code.End - code.Start);

    [GeneratedRegex(@"\{(?<index>[0-9]{1,3})\}|\{\{|\}\}")]
    private static partial Regex Hole();
}
