using Scriban.Syntax;

namespace CopilotSentinelKit.Generate.Templates;

/// <summary>Finds the values of a template whose every use is not <c>{{ name | kql }}</c>: with another value, more would change than that literal.</summary>
internal sealed class ComputedValues : ScriptVisitor
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private bool _isText = true;

    /// <summary>Their names, with those of functions.</summary>
    public static IEnumerable<string> Of(ScriptPage page)
    {
        var values = new ComputedValues();
        values.Visit(page);
        return values._names;
    }

    /// <summary>The name of the value of which an output writes the literal, or null when it writes anything else.</summary>
    public static string? LiteralOf(ScriptExpressionStatement output) =>
        output.Expression is ScriptPipeCall { From: ScriptVariableGlobal { Name: var name }, To: ScriptFunctionCall { Target: ScriptVariableGlobal { Name: "kql" }, Arguments.Count: 0 } } ? name : null;

    /// <inheritdoc/>
    public override void Visit(ScriptExpressionStatement node)
    {
        if (!_isText || LiteralOf(node) is null)
        {
            base.Visit(node);
        }
    }

    /// <inheritdoc/>
    public override void Visit(ScriptVariableGlobal node) => _names.Add(node.Name);

    /// <inheritdoc/>
    public override void Visit(ScriptCaptureStatement node) => Inside(() => base.Visit(node));

    /// <inheritdoc/>
    public override void Visit(ScriptFunction node) => Inside(() => base.Visit(node));

    // What is written inside becomes a value.
    private void Inside(Action visit)
    {
        var outer = _isText;
        _isText = false;
        visit();
        _isText = outer;
    }
}
