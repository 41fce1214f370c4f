using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Import;

/// <summary>A piece of content as others wrote it, with the fields from which it was read.</summary>
/// <param name="Item">The content.</param>
/// <param name="Fields">The fields of its file or of its resource's properties; empty for KQL alone.</param>
/// <param name="Resolve">Gives the literal that a field's value stands for, or null when only a deployment knows it.</param>
internal sealed record ForeignPiece(ContentItem Item, ImmutableArray<YamlEntry> Fields, Func<YamlValue, YamlValue?> Resolve)
{
    /// <summary>Whether a template of a content package describes it: its fields are those of the YAML that the package was made of.</summary>
    public bool IsPackaged { get; init; }

    /// <summary>A field's value, or null when it says nothing or is not known.</summary>
    public YamlValue? Field(string field) =>
        Fields.FirstOrDefault(entry => entry.Key.Value.Equals(field, StringComparison.OrdinalIgnoreCase)) is { } entry && Resolve(entry.Value) is { } value
        && !(value is YamlText text && ScalarValue.IsNull(text)) ? value : null;

    /// <summary>The pieces of a file, in the order written, and what its reader says of the file.</summary>
    public static (ImmutableArray<ForeignPiece> Pieces, ForeignContent Read) Of(SpecFile file)
    {
        var read = ContentReader.Read([file]);
        if (read.Items.IsEmpty || ForeignText.Decode(file, []) is not { } source)
        {
            return ([], read);
        }

        // KQL alone has no fields.
        if (read.Items[0].Origin == ContentOrigin.Kql)
        {
            return ([.. read.Items.Select(item => new ForeignPiece(item, [], value => value))], read);
        }

        var resources = read.Items[0].Origin == ContentOrigin.Arm ? Resources(source) : [];
        var root = resources.IsEmpty ? YamlReader.Read(source, []) as YamlMap : null;
        return ([.. read.Items.Select(item => Piece(item, root, resources))], read);
    }

    private static ForeignPiece Piece(ContentItem item, YamlMap? root, ImmutableArray<ArmResource> resources)
    {
        if (item.Origin == ContentOrigin.CommunityYaml)
        {
            return new(item, root?.Entries ?? [], value => value);
        }

        return resources.FirstOrDefault(one => one.Name.Span.Start == item.Id.Span.Start) is { Properties: { } properties } resource
            ? new(item, properties.Map.Entries, resource.Keys.Scope.Resolve) { IsPackaged = resource.Type.EndsWith("/alertruletemplates", StringComparison.Ordinal) }
            : new(item, [], value => value);
    }

    private static ImmutableArray<ArmResource> Resources(SourceFile source) =>
        JsonReader.Read(source, ArmFindings.Json, []) is YamlMap root && root.Find("resources") is not null ? [.. ArmResources.Of(root, [])] : [];
}
