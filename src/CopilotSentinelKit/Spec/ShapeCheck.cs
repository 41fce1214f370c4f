using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>The one check of values against shapes. Every mistake is a finding; what is wrong is left out of the tree it gives, so
/// that readers find only good values.</summary>
internal sealed class ShapeCheck(ICollection<Finding> findings)
{
    // Names are compared with each other in every later stage.
    private const int MostKeys = 1000;

    /// <summary>The root map without what is wrong in it, or null when it is no map.</summary>
    public static YamlMap? Check(YamlValue root, MapShape shape, ICollection<Finding> findings)
    {
        if (root is YamlMap map)
        {
            return new ShapeCheck(findings).CheckMap(map, shape, null);
        }

        findings.Add(SpecFindings.NotAMap(root.FirstLine(), shape.Name));
        return null;
    }

    private YamlValue? Check(YamlValue value, Shape shape, YamlText owner, string subject)
    {
        if (shape is DataShape)
        {
            return value;
        }

        if (value is YamlText text && ScalarValue.IsNull(text))
        {
            // Nothing stands there to underline.
            findings.Add(SpecFindings.MissingValue(text.Span.Length == 0 ? owner.Span : text.Span, subject));
            return null;
        }

        return shape switch
        {
            MapShape map when value is YamlMap entries => CheckMap(entries, map, owner),
            VariantShape variant when value is YamlMap entries => CheckVariant(entries, variant, owner),
            MapShape or VariantShape => Wrong(value, subject, "a map of keys and values"),
            ListShape list when value is YamlList items => CheckList(items, list, owner, subject),
            ListShape => Wrong(value, subject, value is YamlText ? "a list, as in [a, b]" : "a list"),
            ItemOrListShape list when value is YamlList items => CheckList(items, new(list.Item), owner, subject),
            ItemOrListShape single => Check(value, single.Item, owner, subject),
            ParameterValueShape => CheckParameterValue(value, owner, subject),
            FormsShape forms => CheckForms(value, forms, owner, subject),
            _ when value is YamlText scalar => new ScalarCheck(findings, scalar, subject).Accepts(shape) ? scalar : null,
            _ => Wrong(value, subject, Expected(shape)),
        };
    }

    /// <param name="map">The map.</param>
    /// <param name="shape">What it must be.</param>
    /// <param name="owner">The key whose value it is, to underline for what is missing; null for the file's map and for items of a list.</param>
    private YamlMap CheckMap(YamlMap map, MapShape shape, YamlText? owner)
    {
        var kept = ImmutableArray.CreateBuilder<YamlEntry>();
        var free = shape.Keys.Select(key => key.Name).Except(map.Entries.Select(entry => entry.Key.Value), StringComparer.Ordinal).ToList();
        foreach (var (key, value) in map.Entries)
        {
            if (shape.Others is not null && kept.Count == MostKeys)
            {
                findings.Add(SpecFindings.TooManyKeys(key.Span, shape.Name, MostKeys));
                break;
            }

            var known = shape.Keys.FirstOrDefault(candidate => candidate.Name == key.Value);
            if (known is null && !AcceptsKey(shape, key, free))
            {
                continue;
            }

            if (Check(value, known?.Shape ?? shape.Others!.Shape, key, UserText.Shown(key.Value)) is { } good)
            {
                kept.Add(new(key, good));
            }
        }

        foreach (var key in shape.Keys.Where(key => key.IsRequired && map[key.Name] is null))
        {
            var place = owner is null || owner.Span.Start > map.Span.Start ? map.Span with { Length = 0 } : owner.Span;
            findings.Add(SpecFindings.MissingKey(place, key.Name, shape.Name, key.Description));
        }

        return map with { Entries = kept.DrainToImmutable() };
    }

    private YamlMap? CheckVariant(YamlMap map, VariantShape shape, YamlText owner)
    {
        if (shape.Variants.FirstOrDefault(variant => map[variant.Keys[0].Name] is not null) is { } chosen)
        {
            return CheckMap(map, chosen, owner);
        }

        var marks = shape.Variants.Select(variant => variant.Keys[0].Name).ToList();
        var near = map.Entries.FirstOrDefault(entry => Nearest.Find(entry.Key.Value, marks) is not null)?.Key;
        findings.Add(SpecFindings.NoMark(near?.Span ?? map.FirstLine(), shape.Name, near?.Value ?? "", marks));
        return null;
    }

    /// <param name="shape">What the map must be.</param>
    /// <param name="key">A key that is none of the shape's own.</param>
    /// <param name="free">The shape's own keys that the map does not have.</param>
    private bool AcceptsKey(MapShape shape, YamlText key, IEnumerable<string> free)
    {
        if (shape.Others is null)
        {
            findings.Add(SpecFindings.UnknownKey(key.Span, key.Value, shape.Name, KeyHint(shape, key.Value)).FixedBy(
                Fixes.LetterCase(key.Span, key.Value, free)));
            return false;
        }

        if (shape.Others.Form is { } form && !form.Matches(key.Value))
        {
            findings.Add(SpecFindings.WrongForm(key.Span, $"A key of {shape.Name}", form.Expected, key.Value));
            return false;
        }

        return true;
    }

    private static string KeyHint(MapShape shape, string key)
    {
        if (Nearest.Find(key, shape.Keys.Select(known => known.Name)) is { } near)
        {
            return $" Did you mean \"{near}\"?";
        }

        var inner = shape.Keys.FirstOrDefault(known => known.Shape is MapShape map && map.Keys.Any(nested => nested.Name == key));
        return inner is null
            ? $" Its keys are {string.Join(", ", shape.Keys.Select(known => known.Name))}."
            : $" It belongs into \"{inner.Name}\".";
    }

    private YamlList? CheckList(YamlList list, ListShape shape, YamlText owner, string subject)
    {
        if (list.Items.Length < shape.Min)
        {
            findings.Add(SpecFindings.EmptyCollection(list.FirstLine(), subject));
            return null;
        }

        var item = $"An item of {subject}";
        var kept = list.Items.Select(value => value is YamlMap map && shape.Item is MapShape inner
            ? CheckMap(map, inner, null)
            : Check(value, shape.Item, owner, item));
        return list with { Items = [.. kept.OfType<YamlValue>()] };
    }

    private YamlValue? CheckParameterValue(YamlValue value, YamlText owner, string subject) => value switch
    {
        YamlText => value,
        YamlList list => CheckList(list, new(new ScalarShape(), Min: 0), owner, subject),
        _ => Wrong(value, subject, "a value or a list of values"),
    };

    private YamlValue? CheckForms(YamlValue value, FormsShape forms, YamlText owner, string subject)
    {
        var shape = value switch { YamlText => forms.Single, YamlMap => forms.Map, _ => forms.List };
        return shape is null
            ? Wrong(value, subject, string.Join(" or ", forms.All.Select(form => form switch { MapShape or VariantShape => "a map of keys and values", ListShape => "a list", _ => Expected(form) })))
            : Check(value, shape, owner, subject);
    }

    private YamlValue? Wrong(YamlValue value, string subject, string expected)
    {
        var found = value switch { YamlText => "a single value", YamlList => "a list", _ => "a map" };
        findings.Add(SpecFindings.WrongType(value.FirstLine(), subject, expected, found));
        return null;
    }

    private static string Expected(Shape shape) => shape switch
    {
        BooleanShape => "true or false",
        IntegerShape => "a whole number",
        DurationShape => "a duration, such as 1h",
        ChoiceShape choice => $"one of {string.Join(", ", choice.Words)}",
        _ => "a text",
    };
}
