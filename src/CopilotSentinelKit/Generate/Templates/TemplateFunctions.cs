using System.Collections.Immutable;
using System.Text;
using Scriban.Functions;
using Scriban.Runtime;
using Scriban.Syntax;

namespace CopilotSentinelKit.Generate.Templates;

/// <summary>The functions of templates beside the filters of their language: of Scriban's own those below, of texts, lists, numbers and regular
/// expressions. None reads a file, the clock or chance, evaluates text or looks into objects of .NET; each is named here, so that none is found by
/// reflection, and works on texts of at most <see cref="RenderLimits.MaxText"/> characters.</summary>
internal static class TemplateFunctions
{
    private static readonly ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, TemplateFunction>> Objects =
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, ImmutableSortedDictionary<string, TemplateFunction>>
        {
            ["array"] = Of(
                ("add", new(2, 0, call => call.Counted(call.List(0).Append(call.Value(1))))),
                ("concat", new(2, 0, call => call.Counted(call.List(0).Concat(call.List(1))))),
                ("contains", new(2, 0, call => Contains(call))),
                ("first", new(1, 0, call => call.List(0).FirstOrDefault())),
                ("join", new(2, 0, Join)),
                ("last", new(1, 0, call => call.List(0).LastOrDefault())),
                ("reverse", new(1, 0, call => call.Counted(call.List(0).Reverse()))),
                ("size", new(1, 0, call => call.List(0).Count)),
                ("sort", new(1, 1, call => call.Counted(ArrayFunctions.Sort(call.Context, call.Span, call.List(0), call.TextOrNull(1))))),
                ("uniq", new(1, 0, call => call.Counted(call.List(0).Distinct())))),
            ["math"] = Of(
                ("abs", new(1, 0, call => MathFunctions.Abs(call.Context, call.Span, call.Value(0)))),
                ("ceil", new(1, 0, call => MathFunctions.Ceil(call.Number(0)))),
                ("floor", new(1, 0, call => MathFunctions.Floor(call.Number(0)))),
                ("round", new(1, 1, call => MathFunctions.Round(call.Number(0), call.IntOrNull(1) ?? 0)))),
            ["regex"] = Of(
                ("match", new(2, 1, call => RegexFunctions.Match(call.Context, call.Text(0), call.Text(1), call.TextOrNull(2)))),
                ("replace", new(3, 1, call => RegexFunctions.Replace(call.Context, call.Text(0), call.Text(1), call.Text(2), call.TextOrNull(3)))),
                ("split", new(2, 1, call => RegexFunctions.Split(call.Context, call.Text(0), call.Text(1), call.TextOrNull(2))))),
            ["string"] = Of(
                ("append", new(2, 0, call => StringFunctions.Append(call.Context, call.Text(0), call.Text(1)))),
                ("capitalize", new(1, 0, call => StringFunctions.Capitalize(call.Text(0)))),
                ("contains", new(2, 0, call => StringFunctions.Contains(call.Text(0), call.Text(1)))),
                ("downcase", new(1, 0, call => StringFunctions.Downcase(call.Text(0)))),
                ("ends_with", new(2, 0, call => StringFunctions.EndsWith(call.Text(0), call.Text(1)))),
                ("prepend", new(2, 0, call => StringFunctions.Prepend(call.Context, call.Text(0), call.Text(1)))),
                ("remove", new(2, 0, call => StringFunctions.Remove(call.Text(0), call.Text(1)))),
                ("replace", new(3, 0, call => StringFunctions.Replace(call.Context, call.Text(0), call.Text(1), call.Text(2)))),
                ("size", new(1, 0, call => StringFunctions.Size(call.Text(0)))),
                ("slice", new(2, 1, call => StringFunctions.Slice(call.Text(0), call.Int(1), call.IntOrNull(2)))),
                ("split", new(2, 0, call => call.Counted(StringFunctions.Split(call.Text(0), call.Text(1))))),
                ("starts_with", new(2, 0, call => StringFunctions.StartsWith(call.Text(0), call.Text(1)))),
                ("strip", new(1, 0, call => StringFunctions.Strip(call.Text(0)))),
                ("upcase", new(1, 0, call => StringFunctions.Upcase(call.Text(0))))),
        });

    /// <summary>Their names, as a template writes them: <c>string.upcase</c>, ...</summary>
    public static ImmutableArray<string> Names { get; } = [.. Objects.SelectMany(of => of.Value.Keys.Select(name => $"{of.Key}.{name}"))];

    /// <summary>Whether this is an object that only holds functions.</summary>
    public static bool IsObject(string name) => Objects.ContainsKey(name);

    /// <summary>The functions as a template of a language sees them; it can change none.</summary>
    public static ScriptObject Create(TemplateDialect dialect)
    {
        var all = ReadOnly(dialect.Filters);
        all.IsReadOnly = false;
        foreach (var (name, functions) in Objects)
        {
            all.SetValue(name, ReadOnly(functions), readOnly: true);
        }

        all.IsReadOnly = true;
        return all;
    }

    private static ScriptObject ReadOnly(ImmutableSortedDictionary<string, TemplateFunction> functions)
    {
        var script = new ScriptObject();
        foreach (var (name, function) in functions)
        {
            script.SetValue(name, function, readOnly: true);
        }

        script.IsReadOnly = true;
        return script;
    }

    /// <summary>Functions by name.</summary>
    public static ImmutableSortedDictionary<string, TemplateFunction> Of(params ReadOnlySpan<(string Name, TemplateFunction Function)> functions)
    {
        var all = ImmutableSortedDictionary.CreateBuilder<string, TemplateFunction>(StringComparer.Ordinal);
        foreach (var (name, function) in functions)
        {
            all.Add(name, function);
        }

        return all.ToImmutable();
    }

    // As the operator == compares: a typed value is its text.
    private static bool Contains(TemplateCall call) => call.List(0).Any(item =>
        ScriptBinaryExpression.Evaluate(call.Context, call.Span, ScriptBinaryOperator.CompareEqual, item, call.Value(1)) is true);

    private static string Join(TemplateCall call)
    {
        var text = new StringBuilder();
        foreach (var item in call.List(0))
        {
            text.Append(text.Length == 0 ? "" : call.Text(1)).Append(call.Context.ObjectToString(item));
            if (text.Length > RenderLimits.MaxText)
            {
                throw TemplateMistake.TooMuch();
            }
        }

        return text.ToString();
    }
}
