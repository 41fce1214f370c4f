using Scriban.Functions;
using Scriban.Runtime;
using Scriban.Syntax;

namespace CopilotSentinelKit.Kql.InProcess;

/// <summary>Evaluates a template in Scriban's own language, with the kit's two filters and without what reads files, the clock or chance.</summary>
internal sealed class ScribanContext : RecordingContext
{
    // Objects of functions, and functions of them; a template is no place to evaluate text either.
    private static readonly string[] Refused = ["include", "include_join", "import", "date", "math.random", "math.uuid", "object.eval", "object.eval_template"];

    public ScribanContext(ScribanTemplate template, RenderLimits limits, ScriptObject values)
        : base("template", template.Text, template.Tags, limits, Functions())
    {
        EnableRelaxedTargetAccess = false;
        PushGlobal(values);
        PushGlobal(new ScriptObject());
    }

    protected override object? EvaluateExpression(ScriptNode? expression, bool aliasReturnedFunction)
    {
        try
        {
            // Conditions compare a typed value as its text, and count a number as Scriban writes it.
            var value = base.EvaluateExpression(expression, aliasReturnedFunction);
            if (value is string text)
            {
                Limits.Use(text.Length);
            }

            return expression?.Parent is ScriptBinaryExpression ? Js.Plain(value) : value;
        }
        catch (ScriptRuntimeException fault) when (fault.InnerException is null && IsUnknown(fault))
        {
            throw TemplateMistake.NoVariable(TextOf(expression!), TextPlace.Of(fault.Span));
        }
    }

    private static bool IsUnknown(ScriptRuntimeException fault) =>
        fault.OriginalMessage.StartsWith("The variable or function ", StringComparison.Ordinal) || fault.OriginalMessage.StartsWith("Cannot get member with name ", StringComparison.Ordinal);

    private static ScriptObject Functions()
    {
        var functions = (ScriptObject)new BuiltinFunctions().Clone(true);
        foreach (var name in Refused.Select(name => name.Split('.')))
        {
            (name.Length == 1 ? functions : (ScriptObject)functions[name[0]]!).Remove(name[^1]);
        }

        functions.Import("kql", (object? value) => new KqlValue(KqlText.Literal(Double(value)), (value as Typed)?.Origin));
        functions.Import("kql_name", (object? value) => new KqlValue(KqlText.Name(value), (value as Typed)?.Origin));
        return functions;
    }

    // Scriban computes with other numbers too.
    private static object? Double(object? value) => value is int or long or decimal or float ? Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture) : value;
}
