using System.Collections;
using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Kql.Text;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;
using SourceSpan = Scriban.Parsing.SourceSpan;

namespace CopilotSentinelKit.Generate.Templates;

/// <summary>Scriban's evaluation of a template, which records for each run of text where it comes from, lets only what the filters wrote through, and is bounded.</summary>
internal sealed class RecordingContext : TemplateContext
{
    private static readonly TimeSpan MaxRegexTime = TimeSpan.FromSeconds(1);

    private readonly ParsedTemplate _template;
    private readonly ScriptObject _values;
    private readonly StringBuilder _rendered = new();
    private readonly ImmutableArray<RenderSegment>.Builder _segments = ImmutableArray.CreateBuilder<RenderSegment>();

    /// <param name="template">What is evaluated.</param>
    /// <param name="values">What it may name; it cannot change them.</param>
    public RecordingContext(ParsedTemplate template, ScriptObject values)
        : base(TemplateFunctions.Create(template.Dialect))
    {
        (_template, _values) = (template, values);
        AutoIndent = false;
        StrictVariables = true;
        EnableRelaxedMemberAccess = false;
        EnableRelaxedIndexerAccess = false;
        NewLine = "\n";
        RegexTimeOut = MaxRegexTime;
        LoopLimit = RenderLimits.MaxRounds;
        RecursiveLimit = RenderLimits.MaxCalls;
        LimitToString = RenderLimits.MaxText;
        TryGetVariable = (TemplateContext _, SourceSpan span, ScriptVariable variable, out object? _) => throw Unknown(TextPlace.Of(span));
        TryGetMember = (TemplateContext _, SourceSpan span, object _, string _, out object? _) => throw Unknown(PathTo(span));
        PushGlobal(values);

        // What the template assigns is its own.
        PushGlobal(new ScriptObject());
    }

    /// <summary>What it may use.</summary>
    public RenderLimits Limits { get; } = new();

    /// <summary>The tag that is being evaluated, or that failed.</summary>
    public TextPlace? Current { get; private set; }

    public string Rendered => _rendered.ToString();

    /// <summary>The spaces that the line being written begins with, for a filter that writes more than one line.</summary>
    public int Indent
    {
        get
        {
            var start = _rendered.Length;
            while (start > 0 && _rendered[start - 1] != '\n')
            {
                start--;
            }

            var end = start;
            while (end < _rendered.Length && _rendered[end] == ' ')
            {
                end++;
            }

            return end - start;
        }
    }

    public ImmutableArray<RenderSegment> Segments => _segments.ToImmutable();

    /// <inheritdoc/>
    public override object? Evaluate(ScriptNode? scriptNode, bool aliasReturnedFunction)
    {
        Limits.Step();
        if (scriptNode is not ScriptStatement statement)
        {
            var value = base.Evaluate(scriptNode, aliasReturnedFunction);
            if (scriptNode is not (ScriptVariable or ScriptMemberExpression or ScriptIndexerExpression))
            {
                Limits.Use(value);
            }

            return value;
        }

        // The branches of a condition belong to the tag that begins it.
        if (statement is ScriptBlockStatement || (statement.Parent is ScriptIfStatement { Else: { } branch } && ReferenceEquals(branch, statement)))
        {
            return base.Evaluate(statement, false);
        }

        // Not put back when it fails: then it says where.
        var outer = Current;
        Current = statement is ScriptRawStatement raw ? new(raw.Text.Index, raw.Text.Length) : _template.Tags.Around(statement.Span.Start.Offset);
        var result = EvaluateStatement(statement);
        Current = outer;
        return result;
    }

    /// <summary>Objects of .NET have no members here: only those that templates are made of do.</summary>
    protected override IObjectAccessor? GetMemberAccessorImpl(object target) =>
        target is IScriptObject or string ? base.GetMemberAccessorImpl(target) : null;

    /// <summary>Lists stay as they are: a template shares them with that of the query.</summary>
    protected override IListAccessor? GetListAccessorImpl(object target, Type type) =>
        target is IList ? FixedList.Instance : base.GetListAccessorImpl(target, type);

    private object? EvaluateStatement(ScriptStatement statement)
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

    private void Copy(ScriptStringSlice slice)
    {
        var text = slice.ToString() ?? "";
        Add(text, new RenderSegment(_rendered.Length, text.Length, _template.Source, slice.Index, text.Length, null));
    }

    private void Write(ScriptExpressionStatement output, object value)
    {
        var place = Current ?? TextPlace.Of(output.Span);
        if (value is not WrittenText written || (output.Expression is ScriptVariable && value is not QueryValue))
        {
            throw TemplateMistake.Unfiltered(place);
        }

        var start = _rendered.Length;
        if (written is QueryValue query)
        {
            Add(query.Text, [.. query.Segments.Select(segment => segment with { Start = start + segment.Start })]);
            return;
        }

        ScriptNode first = output.Expression!;
        while (first is ScriptPipeCall { From: { } from })
        {
            first = from;
        }

        Add(written.Text, new RenderSegment(start, written.Text.Length, _template.Source, place.Start, place.Length, written.Origin ?? TextPlace.Of(first.Span).In(_template.Text))
        {
            IsLiteral = written.Origin is null && ComputedValues.LiteralOf(output) is not null,
        });
    }

    // Inside "capture" it is text for a variable, which needs a filter again.
    private void Add(string text, params ReadOnlySpan<RenderSegment> segments)
    {
        Limits.Use(text.Length);
        if (OutputCount > 1)
        {
            Write(text);
        }
        else if (_rendered.Length + text.Length > RenderLimits.MaxText)
        {
            throw TemplateMistake.Limit(FormattableString.Invariant($"The rendered text is longer than {RenderLimits.MaxText} characters."));
        }
        else if (text.Length > 0)
        {
            _rendered.Append(text);
            _segments.AddRange(segments);
        }
    }

    // Of a member that is not there: all of "schedule.evry", not only "evry".
    private TextPlace PathTo(SourceSpan member) => CurrentNode switch
    {
        ScriptMemberExpression path => new(path.Span.Start.Offset, member.End.Offset + 1 - path.Span.Start.Offset),
        ScriptIndexerExpression path => TextPlace.Of(path.Span),
        _ => TextPlace.Of(member),
    };

    private TemplateMistake Unknown(TextPlace place)
    {
        var path = place.In(_template.Text);
        return TemplateMistake.NoVariable(path, Nearest.Hint(path, Paths()), place);
    }

    // Names of values and of their members: "minAttempts", "schedule", "schedule.every".
    private IEnumerable<string> Paths() => _values.Keys.Concat(
        from value in _values
        where value.Value is ScriptObject
        from member in ((ScriptObject)value.Value!).Keys
        select $"{value.Key}.{member}");

    private sealed class FixedList : IListAccessor
    {
        public static readonly FixedList Instance = new();

        public int GetLength(TemplateContext context, SourceSpan span, object target) => ((IList)target).Count;

        public object? GetValue(TemplateContext context, SourceSpan span, object target, int index) => ((IList)target)[index];

        public void SetValue(TemplateContext context, SourceSpan span, object target, int index, object? value) =>
            throw TemplateMistake.Syntax("items of a list cannot be replaced; make another list", TextPlace.Of(span));
    }
}
