
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>What the keys of a detection demand of one another, as the reader's <see cref="DetectionRules"/> have it, in JSON Schema.</summary>
internal static class DetectionConditions
{
    /// <summary>A query is written, or a template brings one.</summary>
    public static OutputMap QueryOrTemplate { get; } = OutputMap.Of(("anyOf", OutputList.Of(
    [
        (OutputNode)OutputMap.Of(("required", OutputList.Of(["query"]))),
        OutputMap.Of(("required", OutputList.Of(["template"]))),
    ])));

    /// <summary>That, and what each kind needs and does not have.</summary>
    public static OutputMap All { get; } = new(
    [
        .. QueryOrTemplate.Entries,
        ("allOf", OutputList.Of(DetectionShape.Kinds.All.Select(kind => OfKind(kind.Word, kind.Value)))),
    ]);

    /// <summary>A detection without what a hunt does not have.</summary>
    public static MapShape HuntShape { get; } = DetectionShape.Shape with
    {
        Name = "a hunt",
        Keys = [.. DetectionShape.Shape.Keys.Where(key => DetectionRules.WhyNot(DetectionKind.Hunting, key.Name) is null).Select(Narrow)],
    };

    private static Key Narrow(Key key) =>
        key.Name == "kind" ? key with { Shape = new ChoiceShape([DetectionShape.Kinds.Word(DetectionKind.Hunting)]) } : key;

    private static OutputMap OfKind(string word, DetectionKind kind)
    {
        var not = DetectionShape.Shape.Keys.Where(key => DetectionRules.WhyNot(kind, key.Name) is not null);
        return OutputMap.Of(
            ("if", OutputMap.Of(("properties", OutputMap.Of(("kind", OutputMap.Of(("const", word))))), ("required", OutputList.Of(["kind"])))),
            ("then", OutputMap.Of(
                ("required", OutputList.Of(DetectionRules.Needs(kind).Select(need => need.Key)).OrNull()),
                ("properties", new OutputMap([.. not.Select(key => (key.Name, (OutputNode)false))]).OrNull()))));
    }
}
