using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace CopilotSentinelKit.Generate.Templates;

/// <summary>A function that templates may call, also as a filter: what is before the bar is its first argument.</summary>
/// <param name="required">How many arguments it needs.</param>
/// <param name="optional">How many more it takes; those left out are null.</param>
/// <param name="call">What it does.</param>
internal sealed class TemplateFunction(int required, int optional, Func<TemplateCall, object?> call) : IScriptCustomFunction
{
    /// <inheritdoc/>
    public int RequiredParameterCount => required;

    /// <inheritdoc/>
    public int ParameterCount => required + optional;

    /// <inheritdoc/>
    public ScriptVarParamKind VarParamKind => ScriptVarParamKind.None;

    /// <inheritdoc/>
    public Type ReturnType => typeof(object);

    /// <inheritdoc/>
    public ScriptParameterInfo GetParameterInfo(int index) =>
        index < required ? new(typeof(object), $"argument{index + 1}") : new(typeof(object), $"argument{index + 1}", null);

    /// <inheritdoc/>
    public object? Invoke(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        call(new((RecordingContext)context, callerContext?.Span ?? default, arguments));

    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        ValueTask.FromResult(Invoke(context, callerContext, arguments, blockStatement));
}

/// <summary>A call of a <see cref="TemplateFunction"/>: its arguments, converted as Scriban converts.</summary>
internal readonly struct TemplateCall(RecordingContext context, SourceSpan span, ScriptArray arguments)
{
    public RecordingContext Context => context;

    public SourceSpan Span => span;

    /// <summary>An argument as it is.</summary>
    public object? Value(int index) => arguments[index];

    public string Text(int index) => context.ObjectToString(arguments[index]) ?? "";

    public string? TextOrNull(int index) => arguments[index] is { } value ? context.ObjectToString(value) : null;

    public int Int(int index) => context.ToInt(span, arguments[index]);

    public int? IntOrNull(int index) => arguments[index] is { } value ? context.ToInt(span, value) : null;

    public double Number(int index) => context.ToObject<double>(span, arguments[index]);

    /// <summary>A list as a new one, its items counted.</summary>
    public ScriptArray List(int index) => arguments[index] switch
    {
        null => [],
        string => throw TemplateMistake.Value("This filter needs a list, and got a text."),
        System.Collections.IEnumerable items and not System.Collections.IDictionary => Counted(items),
        _ => throw TemplateMistake.Value("This filter needs a list."),
    };

    /// <summary>A list of these items, counted.</summary>
    public ScriptArray Counted(System.Collections.IEnumerable? items)
    {
        var list = new ScriptArray();
        foreach (var item in items ?? Array.Empty<object?>())
        {
            context.Limits.Step();
            list.Add(item);
        }

        return list;
    }
}
