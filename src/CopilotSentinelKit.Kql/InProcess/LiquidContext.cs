using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace CopilotSentinelKit.Kql.InProcess;

/// <summary>Evaluates what Scriban has read of a Liquid template. Tags are Scriban's; values, conditions and filters are those of LiquidJS, since
/// a template must give the same KQL in both hosts.</summary>
internal sealed class LiquidContext : RecordingContext
{
    private readonly LiquidTemplate _template;
    private ScriptArray? _items;

    public LiquidContext(string source, LiquidTemplate template, RenderLimits limits, ScriptObject values)
        : base(source, template.Text, template.Tags, limits, [])
    {
        _template = template;
        IsLiquid = true;
        TryGetVariable = static (TemplateContext _, SourceSpan _, ScriptVariable _, out object? value) =>
        {
            value = LiquidPath.Missing;
            return true;
        };
        PushGlobal(values);

        // What the template assigns is its own: the query's template and that of its archetype share the values.
        PushGlobal(new ScriptObject());
    }

    /// <summary>A context of no template: the state of a loop wants one to see that it is Liquid's.</summary>
    public static TemplateContext ForLoops { get; } = new LiquidTemplateContext();

    protected override object? EvaluateStatement(ScriptStatement statement)
    {
        switch (statement)
        {
            case ScriptIfStatement { Condition: { } condition } choice:
                return (Js.IsTrue(Evaluate(condition, false)) ? (ScriptNode?)choice.Then : choice.Else) is { } branch ? Evaluate(branch, false) : null;
            case ScriptCaseStatement { Value: { } value, Body: { } body }:
                Choose(Js.Plain(Evaluate(value, false)), body.Statements.OfType<ScriptWhenStatement>().FirstOrDefault());
                return null;
            case ScriptForStatement loop:
                Loop(loop);
                return null;
            default:
                return base.EvaluateStatement(statement);
        }
    }

    protected override object? EvaluateExpression(ScriptNode? expression, bool aliasReturnedFunction)
    {
        if (_items is { } items && expression?.Parent is ScriptForStatement loop && ReferenceEquals(loop.Iterator, expression))
        {
            _items = null;
            return items;
        }

        return expression switch
        {
            null => null,
            ScriptLiteral literal => Literal(literal.Value),
            ScriptNestedExpression { Expression: { } inner } => Evaluate(inner, false),
            ScriptPipeCall pipe => Pipe(pipe),
            ScriptUnaryExpression { Operator: ScriptUnaryOperator.Not } negation => !Js.IsTrue(Evaluate(negation.Right, false)),
            ScriptUnaryExpression { Operator: ScriptUnaryOperator.Negate } negative => -Js.Number(Evaluate(negative.Right, false)),
            ScriptBinaryExpression binary => Binary(binary),
            ScriptVariable or ScriptMemberExpression or ScriptIndexerExpression => Path((ScriptExpression)expression),
            ScriptAssignExpression { Target: { } target } assignment => Assign(target, Evaluate(assignment.Value, false)),
            _ => base.EvaluateExpression(expression, aliasReturnedFunction),
        };
    }

    private object? Assign(ScriptExpression target, object? value)
    {
        SetValue(target, value);
        return null;
    }

    private static object? Literal(object? value) => value switch
    {
        string or bool or null => value,
        IConvertible number => Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture),
        _ => value is System.Numerics.BigInteger large ? (double)large : value,
    };

    // Every branch that fits is taken, and "else" when none did.
    private void Choose(object? value, ScriptWhenStatement? first)
    {
        var isTaken = false;
        for (ScriptConditionStatement? branch = first; branch is not null; branch = (branch as ScriptWhenStatement)?.Next)
        {
            if (branch is ScriptWhenStatement { Body: { } body } when && when.Values.Any(candidate => Js.AreEqual(value, Evaluate(candidate, false))))
            {
                isTaken = true;
                Evaluate(body, false);
            }
            else if (branch is ScriptElseStatement { Body: { } otherwise } && !isTaken)
            {
                Evaluate(otherwise, false);
            }
        }
    }

    private object? Pipe(ScriptPipeCall pipe)
    {
        var value = Evaluate(pipe.From, false);
        foreach (var (name, call) in LiquidTemplate.FiltersOf(pipe))
        {
            value = LiquidFilters.Apply(name, value, [.. (call?.Arguments ?? []).Where(argument => argument is not ScriptNamedArgument).Select(argument => Evaluate(argument, false))], Limits);
        }

        return value;
    }

    private object? Binary(ScriptBinaryExpression binary)
    {
        if (binary.Operator is ScriptBinaryOperator.And or ScriptBinaryOperator.Or)
        {
            return Logic(binary);
        }

        var (left, right) = (Evaluate(binary.Left, false), Evaluate(binary.Right, false));
        return binary.Operator switch
        {
            ScriptBinaryOperator.CompareEqual => Js.AreEqual(left, right),
            ScriptBinaryOperator.CompareNotEqual => !Js.AreEqual(left, right),
            ScriptBinaryOperator.CompareGreater => Js.Compare(left, right) > 0,
            ScriptBinaryOperator.CompareGreaterOrEqual => Js.Compare(left, right) >= 0,
            ScriptBinaryOperator.CompareLess => Js.Compare(left, right) < 0,
            ScriptBinaryOperator.CompareLessOrEqual => Js.Compare(left, right) <= 0,
            ScriptBinaryOperator.LiquidContains => Js.Plain(left) switch
            {
                ScriptArray items => items.Any(item => Js.AreEqual(item, right)),
                string text => text.Contains(Js.Text(right), StringComparison.Ordinal),
                _ => false,
            },
            ScriptBinaryOperator.RangeInclude => Range(Js.Number(left), Js.Number(right)),
            _ => throw TemplateMistake.Syntax($"\"{TextOf(binary)}\" is no condition", TextPlace.Of(binary.Span)),
        };
    }

    // "a and b or c" is read from the right in LiquidJS, while Scriban's "and" binds more closely; and all names must be known.
    private bool Logic(ScriptBinaryExpression binary)
    {
        var operands = new List<bool>();
        var isAnd = new List<bool>();
        Flatten(binary);
        var result = operands[^1];
        for (var i = isAnd.Count - 1; i >= 0; i--)
        {
            result = isAnd[i] ? operands[i] && result : operands[i] || result;
        }

        return result;

        void Flatten(ScriptExpression? part)
        {
            if (part is ScriptBinaryExpression { Operator: ScriptBinaryOperator.And or ScriptBinaryOperator.Or } both)
            {
                Flatten(both.Left);
                isAnd.Add(both.Operator == ScriptBinaryOperator.And);
                Flatten(both.Right);
            }
            else
            {
                operands.Add(Js.IsTrue(Evaluate(part, false)));
            }
        }
    }

    private ScriptArray Range(double low, double high)
    {
        Limits.Use(double.IsNaN(high - low) ? 0 : (long)Math.Min(high - low + 1, long.MaxValue));
        var items = new ScriptArray();
        for (var number = low; number < high + 1; number++)
        {
            items.Add(number);
        }

        return items;
    }

    private object? Path(ScriptExpression path)
    {
        if (path is ScriptVariable { Name: "nil" or "null" or "empty" or "blank" } word)
        {
            return word.Name[0] == 'n' ? null : new LiquidWord(word.Name == "blank");
        }

        var (value, name) = Follow(path);
        return ReferenceEquals(value, LiquidPath.Missing) ? throw TemplateMistake.NoVariable(name, TextPlace.Of(path.Span)) : value;
    }

    // The value, or what is missing and its path up to there.
    private (object? Value, string Path) Follow(ScriptExpression path)
    {
        if (path is ScriptVariable variable)
        {
            return (GetValue(variable), TextOf(variable));
        }

        var (target, key) = path switch
        {
            ScriptMemberExpression member => (member.Target, (object?)member.Member?.Name),
            ScriptIndexerExpression indexer => (indexer.Target, Js.Plain(Evaluate(indexer.Index, false))),
            _ => throw TemplateMistake.Syntax($"\"{TextOf(path)}\" is no value", TextPlace.Of(path.Span)),
        };
        var (value, name) = Follow(target!);
        return ReferenceEquals(value, LiquidPath.Missing) ? (value, name) : (LiquidPath.Member(value, key), $"{name}.{Js.Text(key)}");
    }

    // "else" is for a list that is empty, not for one of which the options leave nothing.
    private void Loop(ScriptForStatement loop)
    {
        var items = Items(Js.Plain(Evaluate(loop.Iterator, false))).AsEnumerable();
        var options = _template.OptionsOf(loop);
        if (!items.Any())
        {
            Evaluate(options.Else, false);
            return;
        }

        if (options.Offset is not null)
        {
            items = items.Skip((int)Js.Number(Evaluate(options.Offset, false)));
        }

        if (options.Limit is not null)
        {
            items = items.Take((int)Js.Number(Evaluate(options.Limit, false)));
        }

        _items = new(options.IsReversed ? items.Reverse() : items);
        base.EvaluateStatement(loop);
    }

    private static ScriptArray Items(object? value) => value switch
    {
        ScriptArray list => list,
        string { Length: > 0 } text => [text],
        ScriptObject members => [.. members.Select(member => new ScriptArray { member.Key, member.Value })],
        _ => [],
    };
}
