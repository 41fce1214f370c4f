using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>Shapes to JSON Schema, draft-07. A schema sees values and not how they were written, so it takes what only the spelling rules
/// out: True for true, 0x10 for 16; and it counts an emoji as one character, the reader as two.</summary>
internal sealed class SchemaWriter
{
    private readonly List<(string Name, MapShape Shape, OutputMap? Schema)> _definitions = [];

    /// <summary>The schema of a file.</summary>
    public OutputMap Document(MapShape root, OutputMap? conditions) =>
        Document(root.Name[(root.Name.IndexOf(' ', StringComparison.Ordinal) + 1)..], new OutputMap([.. Map(root).Entries, .. conditions?.Entries ?? []]));

    /// <summary>The schema of a file that is one of several forms: the first whose condition holds, else the last.</summary>
    public OutputMap Document(string title, ImmutableArray<(OutputMap If, MapShape Then)> forms, MapShape otherwise) =>
        Document(title, forms.Reverse().Aggregate(Reference(otherwise), (last, form) => OutputMap.Of(("if", form.If), ("then", Reference(form.Then)), ("else", last))));

    private OutputMap Document(string title, OutputMap body) => new(
    [
        ("$schema", "http://json-schema.org/draft-07/schema#"),
        ("title", title),
        .. body.Entries,
        .. _definitions.Count == 0 ? ImmutableArray<(string, OutputNode)>.Empty : [("definitions", Definitions())],
    ]);

    private OutputMap Definitions() => new(
        [.. _definitions.OrderBy(definition => definition.Name, StringComparer.Ordinal).Select(definition => (definition.Name, (OutputNode)definition.Schema!))]);

    private OutputMap Of(Shape shape) => shape switch
    {
        TextShape text => Text(text),
        ScalarShape { Form: { } form } => AnyOf([Text(new(form)), OutputMap.Of(("type", "integer"), ("minimum", 0))]),
        ScalarShape => OutputMap.Of(("type", OutputList.Of(["string", "number", "boolean"]))),
        ParameterValueShape => AnyOf([Of(new ScalarShape()), List(new ScalarShape(), 0)]),
        BooleanShape => OutputMap.Of(("type", "boolean")),
        IntegerShape number => OutputMap.Of(("type", "integer"), ("minimum", number.Min), ("maximum", number.Max)),
        DurationShape => OutputMap.Of(("type", "string"), ("pattern", "^0*([0-9]{1,11}m|[0-9]{1,9}h|[0-9]{1,8}d)$")),
        ChoiceShape choice => OutputMap.Of(("enum", OutputList.Of(choice.Words))),
        ListShape list => List(list.Item, list.Min),
        ItemOrListShape either => AnyOf([Of(either.Item), List(either.Item, 1)]),
        VariantShape variant => Variant(variant.Variants),
        FormsShape forms => AnyOf(forms.All.Select(Of)),
        DataShape => new([]),
        MapShape { Keys.IsEmpty: true } map => Map(map),
        MapShape map => Reference(map),
        _ => throw new ArgumentException($"{shape.GetType().Name} has no JSON Schema.", nameof(shape)),
    };

    private static OutputMap AnyOf(IEnumerable<OutputMap> schemas) => OutputMap.Of(("anyOf", OutputList.Of(schemas)));

    private OutputMap List(Shape item, int min) =>
        OutputMap.Of(("type", "array"), ("items", Of(item)), ("minItems", min == 0 ? null : min));

    // Something that shows, and no control characters; a block scalar's own last line break is no second line and does not count.
    private static OutputMap Text(TextShape shape)
    {
        if (shape.Form is { } form)
        {
            return OutputMap.Of(("type", "string"), ("pattern", form.Pattern.ToString()), ("patternErrorMessage", $"Must be {form.Expected}."));
        }

        var forbidden = shape.Lines ? @"\u0000-\u0008\u000b-\u001f" : @"\u0000-\u001f";
        var length = shape.MaxLength.ToString(CultureInfo.InvariantCulture);
        return OutputMap.Of(
            ("type", "string"),
            ("pattern", $@"^(?=[\s\S]*\S)(?![\s\S]{{{length}}}[\s\S]*[^\n])[^{forbidden}\u007f-\u009f\u2028\u2029]*\n*$"));
    }

    private OutputMap Map(MapShape shape)
    {
        var properties = shape.Keys.Select(key => (key.Name, (OutputNode)Described(key.Description, Of(key.Shape))));
        var required = shape.Keys.Where(key => key.IsRequired).Select(key => key.Name).ToList();
        return OutputMap.Of(
            ("type", "object"),
            ("properties", new OutputMap([.. properties]).OrNull()),
            ("required", OutputList.Of(required).OrNull()),
            ("propertyNames", shape.Others?.Form is { } form ? OutputMap.Of(("pattern", form.Pattern.ToString())) : null),
            ("additionalProperties", shape.Others is { } others ? Described(others.Description, Of(others.Shape)) : false));
    }

    // What stands beside $ref is no rule in draft-07: a description may, and editors show it.
    private static OutputMap Described(string description, OutputMap schema) => new([("description", description), .. schema.Entries]);

    private OutputMap Reference(MapShape shape)
    {
        var name = string.Join('-', shape.Name.Split(' ').SkipWhile(word => word is "a" or "an" or "the"));
        var known = _definitions.FindIndex(definition => definition.Name == name);
        if (known >= 0 && !ReferenceEquals(_definitions[known].Shape, shape))
        {
            throw new InvalidOperationException($"Two sorts of map are called \"{shape.Name}\".");
        }

        if (known < 0)
        {
            var index = _definitions.Count;
            _definitions.Add((name, shape, null));
            _definitions[index] = (name, shape, Map(shape));
        }

        return OutputMap.Of(("$ref", "#/definitions/" + name));
    }

    // As the reader does: the first mark that is there decides, so that what is wrong is said of the sort that was meant.
    private OutputMap Variant(ImmutableArray<MapShape> variants)
    {
        var schemas = variants.Select(Reference).ToList();
        return variants.Select((variant, index) => (Mark: variant.Keys[0].Name, Schema: schemas[index])).Reverse().Aggregate(
            AnyOf(schemas),
            (otherwise, variant) => OutputMap.Of(
                ("if", OutputMap.Of(("required", OutputList.Of([variant.Mark])))),
                ("then", variant.Schema),
                ("else", otherwise)));
    }
}
