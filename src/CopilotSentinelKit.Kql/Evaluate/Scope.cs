
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate;

/// <summary>What a name stands for: exactly one of a constant, rows, or a function.</summary>
/// <param name="Scalar">A constant, or a parameter's value.</param>
/// <param name="Table">Rows.</param>
/// <param name="Function">The declaration of a function.</param>
/// <param name="Definition">What the function's body sees.</param>
internal sealed record Binding(Expression? Scalar = null, Relation? Table = null, SyntaxNode? Function = null, Context? Definition = null)
{
    /// <summary>The only row that a value that is no constant may be read from; null for constants.</summary>
    public Row? Row { get; init; }
}

/// <summary>Names that let statements and parameters declare; inner ones hide outer ones.</summary>
internal sealed class Scope(Scope? parent)
{
    private readonly Dictionary<string, Binding> _bindings = new(StringComparer.Ordinal);

    public void Declare(string name, Binding binding) => _bindings[name] = binding;

    public Binding? Find(string name) => _bindings.GetValueOrDefault(name) ?? parent?.Find(name);
}
