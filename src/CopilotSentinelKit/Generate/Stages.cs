using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using Scriban.Runtime;

namespace CopilotSentinelKit.Generate;

/// <summary>Orders what is computed of fields into <c>extend</c> stages: a column is only visible in the stage after its own.</summary>
internal static partial class Stages
{
    /// <summary>Reads the fields and then normalises them, so that what an expression sees is the finished field.</summary>
    /// <param name="values">Takes the names and expressions.</param>
    /// <param name="fields">The fields, in the order written.</param>
    /// <param name="read">The KQL that reads a field here, or null when it is there already.</param>
    public static ScriptArray Reading(TemplateValues values, ImmutableArray<FieldSpec> fields, Func<FieldSpec, string?> read)
    {
        return Create(fields.Where(field => field.Expression is null).Select(field => StepOf(field, read(field), PlaceOf(field)))
            .Concat(fields.Where(field => field.Expression is null).Select(field => StepOf(field, FieldReader.Normalise(field), field.Name.Span)))
            .OfType<Step>());

        Step? StepOf(FieldSpec field, string? kql, SourceSpan place) =>
            kql is null ? null : new(field.Name.Value, kql, values.Name(field.Name), values.Expression(kql, place));
    }

    /// <summary>Works out the fields that have an expression.</summary>
    public static ScriptArray Derived(TemplateValues values, ImmutableArray<FieldSpec> fields)
    {
        return Create(fields.Where(field => field.Expression is not null).SelectMany(Steps));

        IEnumerable<Step> Steps(FieldSpec field)
        {
            yield return new(field.Name.Value, field.Expression!.Value, values.Name(field.Name), values.Expression(field.Expression));
            if (!field.Values.IsEmpty && FieldReader.Normalise(field) is { } kql)
            {
                yield return new(field.Name.Value, kql, values.Name(field.Name), values.Expression(kql, field.Name.Span));
            }
        }
    }

    /// <summary>Works out values by their names, in the order written.</summary>
    public static ScriptArray Derived(TemplateValues values, IEnumerable<(Spanned<string> Name, YamlText Expression)> derived) =>
        Create(derived.Select(value => new Step(value.Name.Value, value.Expression.Value, values.Name(value.Name), values.Expression(value.Expression))));

    private static ScriptArray Create(IEnumerable<Step> steps) => new(Group(steps).Select(stage =>
        new ScriptArray(stage.Select(step => new ScriptObject { ["name"] = step.NameValue, ["read"] = step.ReadValue }))));

    private static IEnumerable<ImmutableArray<Step>> Group(IEnumerable<Step> steps)
    {
        var stage = ImmutableArray.CreateBuilder<Step>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            // The stage that defines a name cannot read it, so a step that names one of this stage's opens the next.
            if (names.Contains(step.Name) || Word().EnumerateMatches(step.Kql).Any(step.Kql, names))
            {
                yield return stage.DrainToImmutable();
                names.Clear();
            }

            stage.Add(step);
            names.Add(step.Name);
        }

        if (stage.Count > 0)
        {
            yield return stage.DrainToImmutable();
        }
    }

    private static bool Any(this Regex.ValueMatchEnumerator words, string text, HashSet<string> names)
    {
        foreach (var word in words)
        {
            if (names.Contains(text.Substring(word.Index, word.Length)))
            {
                return true;
            }
        }

        return false;
    }

    private static SourceSpan PlaceOf(FieldSpec field) =>
        field.Event.Concat(field.Settings).Concat(field.Record).Select(path => path.Span).FirstOrDefault(field.Name.Span);

    [GeneratedRegex(@"(?<![\w.])\w+")]
    private static partial Regex Word();

    private sealed record Step(string Name, string Kql, TypedValue NameValue, TypedValue ReadValue);
}
