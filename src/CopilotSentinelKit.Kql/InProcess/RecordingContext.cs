using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Kql.Templates;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace CopilotSentinelKit.Kql.InProcess;

/// <summary>Scriban's evaluation of a template, which records for each run of text where it comes from, lets only KQL through, and is bounded.</summary>
internal class RecordingContext : TemplateContext
{
    private readonly string _source;
    private readonly string _text;
    private readonly TemplateTags _tags;
    private readonly StringBuilder _rendered = new();
    private readonly ImmutableArray<RenderSegment>.Builder _segments = ImmutableArray.CreateBuilder<RenderSegment>();

    public RecordingContext(string source, string text, TemplateTags tags, RenderLimits limits, ScriptObject functions)
        : base(functions)
    {
        (_source, _text, _tags, Limits) = (source, text, tags, limits);
        AutoIndent = false;
        StrictVariables = true;
        EnableRelaxedMemberAccess = false;
        EnableRelaxedIndexerAccess = false;
        NewLine = "\n";

        // Counted here, by the same measure for both hosts.
        LoopLimit = 0;
        LimitToString = 0;
    }

    /// <summary>The tag that is being evaluated, or that failed.</summary>
    public TextPlace? Current { get; private set; }

    public string Rendered => _rendered.ToString();

    public ImmutableArray<RenderSegment> Segments => _segments.ToImmutable();

    protected RenderLimits Limits { get; }

    public override object? Evaluate(ScriptNode? scriptNode, bool aliasReturnedFunction)
    {
        if (scriptNode is not ScriptStatement statement)
        {
            return EvaluateExpression(scriptNode, aliasReturnedFunction);
        }

        Limits.Step();
        // The branches of a condition belong to the tag that begins it.
        if (statement is ScriptBlockStatement || (statement.Parent is ScriptIfStatement { Else: { } branch } && ReferenceEquals(branch, statement)))
        {
            return EvaluateStatement(statement);
        }

        // Not put back when it fails: then it says where.
        var outer = Current;
        Current = statement is ScriptRawStatement raw ? new(raw.Text.Index, raw.Text.Length) : _tags.Around(statement.Span.Start.Offset)?.Place;
        var result = EvaluateStatement(statement);
        Current = outer;
        return result;
    }

    protected virtual object? EvaluateExpression(ScriptNode? expression, bool aliasReturnedFunction) => base.Evaluate(expression, aliasReturnedFunction);

    protected virtual object? EvaluateStatement(ScriptStatement statement)
    {
        switch (statement)
        {
            case ScriptRawStatement raw:
                Copy(raw.Text);
                return null;
            case ScriptExpressionStatement { Expression: not ScriptAssignExpression } output:
                if (base.Evaluate(output, false) is { } value)
                {
                    Write(output, value);
                }

                return null;
            case ScriptCaptureStatement { Target: { } target, Body: { } body }:
                PushOutput();
                Evaluate(body, false);
                SetValue(target, PopOutput().ToString());
                return null;
            default:
                return base.Evaluate(statement, false);
        }
    }

    /// <summary>The text of an expression as it is written.</summary>
    protected string TextOf(ScriptNode node) => TextPlace.Of(node.Span) is var place ? _text.Substring(place.Start, Math.Min(place.Length, _text.Length - place.Start)) : "";

    private void Copy(ScriptStringSlice slice)
    {
        var text = slice.ToString() ?? "";
        Limits.Use(text.Length);
        if (OutputCount > 1)
        {
            Write(text);
        }
        else if (text.Length > 0)
        {
            Append(text, new RenderSegment(_rendered.Length, text.Length, _source, slice.Index, text.Length, null));
        }
    }

    private void Write(ScriptExpressionStatement output, object value)
    {
        var first = output.Expression is ScriptPipeCall { From: { } from } ? from : output.Expression!;
        var isQuery = _source == "template" && output.Expression is ScriptVariable { Name: "query" };
        var place = Current ?? TextPlace.Of(output.Span);
        if (value is not KqlValue kql || (isQuery && kql is not QueryValue))
        {
            throw TemplateMistake.Unfiltered(place);
        }

        Limits.Use(kql.Text.Length);
        if (OutputCount > 1)
        {
            Write(kql.Text);
        }
        else if (kql is QueryValue query)
        {
            var start = _rendered.Length;
            Append(query.Text, [.. query.Segments.Select(segment => segment with { Start = start + segment.Start })]);
        }
        else if (kql.Text.Length > 0)
        {
            Append(kql.Text, new RenderSegment(_rendered.Length, kql.Text.Length, _source, place.Start, place.Length, kql.Origin ?? TextOf(first)));
        }
    }

    private void Append(string text, params ReadOnlySpan<RenderSegment> segments)
    {
        if (_rendered.Length + text.Length > RenderLimits.MaxText)
        {
            throw TemplateMistake.Limit(FormattableString.Invariant($"The rendered text is longer than {RenderLimits.MaxText} characters."));
        }

        _rendered.Append(text);
        _segments.AddRange(segments);
    }
}
