using CopilotSentinelKit.Kql.Text;
using Scriban.Syntax;

namespace CopilotSentinelKit.Generate.Templates;

/// <summary>What a template must not have, whether or not it would be evaluated: outputs that do not end in a filter of its language, filters that do not
/// exist, and the parts of Scriban that reach out of a template or write text of their own.</summary>
/// <param name="tags">Where the template's tags are.</param>
/// <param name="dialect">The language that it writes.</param>
/// <param name="takesQuery">Whether <c>{{ query }}</c> may stand in it.</param>
internal sealed class TemplateCheck(TemplateTags tags, TemplateDialect dialect, bool takesQuery) : ScriptVisitor
{
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void Visit(ScriptPage node)
    {
        new OwnNames(_own).Visit(node);
        base.Visit(node);
    }

    /// <inheritdoc/>
    public override void Visit(ScriptExpressionStatement node)
    {
        // The filters of a chain come first: a misspelt one is what is wrong.
        base.Visit(node);
        var isAllowed = node.Expression switch
        {
            ScriptAssignExpression => true,
            ScriptPipeCall pipe => LastOf(pipe) is { } last && dialect.Writes(last.Name),
            ScriptVariableGlobal { Name: "query" } => takesQuery,
            _ => false,
        };
        if (!isAllowed)
        {
            throw TemplateMistake.Unfiltered(tags.Around(node.Span.Start.Offset) ?? TextPlace.Of(node.Span));
        }
    }

    /// <inheritdoc/>
    public override void Visit(ScriptPipeCall node)
    {
        if (FilterOf(node.To is ScriptPipeCall next ? next.From : node.To) is { } filter && !dialect.Writes(filter.Name) && !_own.Contains(filter.Name))
        {
            throw NoFilter(filter.Name, filter);
        }

        base.Visit(node);
    }

    /// <inheritdoc/>
    public override void Visit(ScriptMemberExpression node)
    {
        if (node is { Target: ScriptVariableGlobal target, Member: { } member } && TemplateFunctions.IsObject(target.Name) && !_own.Contains(target.Name)
            && $"{target.Name}.{member.Name}" is var name && !dialect.Names.Contains(name))
        {
            throw NoFilter(name, node);
        }

        base.Visit(node);
    }

    /// <inheritdoc/>
    public override void Visit(ScriptImportStatement node) => throw Refused("import", node);

    /// <inheritdoc/>
    public override void Visit(ScriptTableRowStatement node) => throw Refused("tablerow", node);

    /// <inheritdoc/>
    public override void Visit(ScriptWithStatement node) => throw Refused("with", node);

    /// <inheritdoc/>
    public override void Visit(ScriptWrapStatement node) => throw Refused("wrap", node);

    /// <inheritdoc/>
    public override void Visit(ScriptReadOnlyStatement node) => throw Refused("readonly", node);

    /// <inheritdoc/>
    public override void Visit(ScriptThisExpression node) => throw Refused("this", node);

    // A chain of filters is read from its end: a | (b | c).
    private static ScriptVariableGlobal? LastOf(ScriptPipeCall pipe) => pipe.To is ScriptPipeCall next ? LastOf(next) : FilterOf(pipe.To);

    private static ScriptVariableGlobal? FilterOf(ScriptExpression? expression) =>
        (expression is ScriptFunctionCall call ? call.Target : expression) as ScriptVariableGlobal;

    private static TemplateMistake Refused(string name, ScriptNode node) => TemplateMistake.NotOffered(name, new(node.Span.Start.Offset, name.Length));

    private TemplateMistake NoFilter(string name, ScriptNode node) =>
        TemplateMistake.NoFilter(name, Nearest.Hint(name, dialect.Names), TextPlace.Of(node.Span));

    /// <summary>What the template itself names: it may hold a function.</summary>
    private sealed class OwnNames(HashSet<string> names) : ScriptVisitor
    {
        public override void Visit(ScriptFunction node)
        {
            Note(node.NameOrDoToken);
            base.Visit(node);
        }

        public override void Visit(ScriptParameter node) => Note(node.Name);

        public override void Visit(ScriptAssignExpression node)
        {
            Note(node.Target);
            base.Visit(node);
        }

        private void Note(ScriptNode? name)
        {
            if (name is ScriptVariableGlobal variable)
            {
                names.Add(variable.Name);
            }
        }
    }
}
