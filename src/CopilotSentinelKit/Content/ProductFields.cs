using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Content;

/// <summary>A field in the dictionary of another product.</summary>
/// <param name="Type">Its type, in the product's own words.</param>
/// <param name="IsList">Whether an event holds a list there.</param>
/// <param name="MaxLength">The most characters of a value; null where the product names no limit.</param>
public sealed record ProductField(string Type, bool IsList, int? MaxLength);

/// <summary>The dictionaries of fields that other products publish: ECS (ecs.tsv), OCSF's class API Activity (ocsf.tsv), and the keys of CEF, LEEF and
/// Splunk's data models (siem-keys.tsv). Versions and sources stand in those files.</summary>
public static class ProductFields
{
    private const string Class = "api_activity";
    private static readonly FrozenSet<string> FreeTypes = FrozenSet.ToFrozenSet(["object", "json_t", "flattened"], StringComparer.Ordinal);

    private static readonly Lazy<FrozenDictionary<string, ProductField>> Ecs = new(() =>
        KitData.ReadRows("ecs.tsv").ToFrozenDictionary(row => row[0], row => Field(row[1]), StringComparer.Ordinal));

    private static readonly Lazy<ILookup<string, OcsfAttribute>> OcsfObjects = new(() =>
        KitData.ReadRows("ocsf.tsv").Where(row => row[1] != "*").Select(row => new OcsfAttribute(row[0], row[1], Field(row[2]))).ToLookup(row => row.Object, StringComparer.Ordinal));

    private static readonly Lazy<FrozenDictionary<(string Product, string Key), ProductField>> Keys = new(() =>
        KitData.ReadRows("siem-keys.tsv").ToFrozenDictionary(
            row => (row[0], row[1]), row => new ProductField(row[2], IsList: false, row.Length > 3 ? int.Parse(row[3], CultureInfo.InvariantCulture) : null)));

    /// <summary>What a product's dictionary says of a name: one that it lists, or one below a field that takes members of any name. Null where it has no such
    /// field, or the product has no dictionary here.</summary>
    /// <param name="product">The product as mappings name it: ecs, ocsf, cef, leef or splunk.</param>
    /// <param name="name">The name; in OCSF a path from the class, joined by dots.</param>
    public static ProductField? Find(string product, string name) => product switch
    {
        "ecs" => FindEcs(name),
        "ocsf" => FindOcsf(name.Split('.')),
        _ => Keys.Value.GetValueOrDefault((product, name)),
    };

    /// <summary>Why a product does not take a value under a name, as the end of a sentence with what to do; null where it does, or where it takes names of
    /// any kind.</summary>
    public static string? WhyNot(string product, string name) => (product, Find(product, name)) switch
    {
        ("ecs", null) => $"which ECS 9.4.0 does not have.{Nearest.Hint(name, EcsNames(name))} Values without a field of their own stand under \"labels.\"",
        ("ecs", { Type: "object" or "nested" } field) => $"which ECS 9.4.0 has as {field.Type}. Name a field in it",
        ("ocsf", null) => $"which OCSF 1.8.0 does not have in the class API Activity.{Nearest.Hint(name, OcsfNames(name))} Values without an attribute stand under \"unmapped.\"",
        ("ocsf", { } field) when OcsfObjects.Value.Contains(field.Type) || field.Type == "object" => $"which is an object ({field.Type}) in OCSF 1.8.0. Name an attribute of it",
        ("cef", null) => $"which the dictionary of CEF does not have.{Nearest.Hint(name, Keys.Value.Keys.Where(key => key.Product == "cef").Select(key => key.Key))} Values without a key of their own stand in cs1 to cs6 or flexString1 and 2",
        _ => null,
    };

    // Labels take any name, each with one value.
    private static ProductField? FindEcs(string name) =>
        Ecs.Value.GetValueOrDefault(name)
        ?? (name.LastIndexOf('.') is > 0 and var dot && Ecs.Value.GetValueOrDefault(name[..dot]) is { } parent && FreeTypes.Contains(parent.Type) ? new("keyword", IsList: false, null) : null);

    // The fields of the same set: event, user, gen_ai...
    private static IEnumerable<string> EcsNames(string name) => Ecs.Value.Keys.Where(key => key.StartsWith(name.Split('.')[0] + ".", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static ProductField? FindOcsf(ReadOnlySpan<string> path)
    {
        var (parent, isList) = (Class, false);
        for (var i = 0; i < path.Length; i++)
        {
            if (Attribute(parent, path[i]) is not { } attribute)
            {
                return null;
            }

            isList |= attribute.Field.IsList;
            if (i == path.Length - 1)
            {
                return attribute.Field with { IsList = isList };
            }

            if (FreeTypes.Contains(attribute.Field.Type))
            {
                return new("json_t", isList, null);
            }

            parent = attribute.Field.Type;
        }

        return null;
    }

    private static OcsfAttribute? Attribute(string parent, string name) => OcsfObjects.Value[parent].FirstOrDefault(attribute => attribute.Name == name);

    // The attributes beside the first one that does not exist.
    private static IEnumerable<string> OcsfNames(string name)
    {
        var (parent, known) = (Class, "");
        foreach (var part in name.Split('.'))
        {
            if (Attribute(parent, part) is not { } attribute)
            {
                break;
            }

            (parent, known) = (attribute.Field.Type, known + part + ".");
        }

        return OcsfObjects.Value[parent].Select(attribute => known + attribute.Name);
    }

    private static ProductField Field(string type) => type.EndsWith("[]", StringComparison.Ordinal) ? new(type[..^2], IsList: true, null) : new(type, IsList: false, null);

    private sealed record OcsfAttribute(string Object, string Name, ProductField Field);
}
