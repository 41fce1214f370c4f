using System.Text.RegularExpressions;
using Scriban;
using Scriban.Parsing;
using Scriban.Syntax;

namespace CopilotSentinelKit.Kql.InProcess;

/// <summary>How a loop goes through its list, and what stands for an empty one.</summary>
internal sealed record LoopOptions(ScriptExpression? Offset, ScriptExpression? Limit, bool IsReversed, ScriptElseStatement? Else);

/// <summary>A Liquid template that Scriban has read and that keeps to what LiquidJS knows: Scriban itself takes any word as a tag or filter.</summary>
internal sealed partial class LiquidTemplate
{
    private const int MaxDepth = 500;

    private static readonly string[] Known =
    [
        "assign", "capture", "endcapture", "for", "endfor", "break", "continue", "if", "elsif", "else", "endif", "unless", "endunless", "case", "when", "endcase",
    ];

    private readonly Dictionary<ScriptForStatement, LoopOptions> _loops = new(ReferenceEqualityComparer.Instance);
    private readonly PriorityQueue<TemplateMistake, (int Tag, int Rank, int Number)> _mistakes = new();
    private readonly bool _takesQuery;

    private LiquidTemplate(string text, bool takesQuery)
    {
        (Text, _takesQuery) = (text, takesQuery);
        Tags = TemplateTags.Read(text, ScriptLang.Liquid);
        var parsed = Template.ParseLiquid(text, parserOptions: new() { ExpressionDepthLimit = MaxDepth });
        foreach (var tag in Tags.All)
        {
            Check(tag);
        }

        if (Tags.Unclosed is { } unclosed)
        {
            _mistakes.Enqueue(TemplateMistake.Syntax("a tag is not closed", unclosed), (text.Length, 0, 0));
        }

        foreach (var message in parsed.Messages)
        {
            Add(message);
        }

        Page = parsed.Page ?? throw TemplateMistake.Syntax("it cannot be read");
        Check(Page);
        if (_mistakes.TryDequeue(out var first, out _))
        {
            throw first;
        }
    }

    public string Text { get; }

    public TemplateTags Tags { get; }

    public ScriptPage Page { get; }

    /// <summary>Reads a template.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="takesQuery">Whether <c>{{ query }}</c> in it inserts the detection's query.</param>
    /// <exception cref="TemplateMistake">The first mistake in it.</exception>
    public static LiquidTemplate Read(string text, bool takesQuery) =>
        text.Length <= RenderLimits.MaxTemplate ? new(text, takesQuery) : throw RenderLimits.TooMuch();

    /// <summary>The filters of a value in order, with their calls where they have arguments.</summary>
    public static IEnumerable<(string Name, ScriptFunctionCall? Call)> FiltersOf(ScriptPipeCall pipe) =>
        Steps(pipe).Select(step => (((step as ScriptFunctionCall)?.Target ?? step) is ScriptVariable name ? name.Name : "", step as ScriptFunctionCall));

    public LoopOptions OptionsOf(ScriptForStatement loop) => _loops[loop];

    private static bool IsFilter(ScriptFunctionCall call) =>
        call.Parent is ScriptPipeCall pipe && (ReferenceEquals(pipe.To, call) || pipe.Parent is ScriptPipeCall);

    private static IEnumerable<ScriptExpression?> Steps(ScriptPipeCall pipe)
    {
        var step = pipe.To;
        while (step is ScriptPipeCall next)
        {
            yield return next.From;
            step = next.To;
        }

        yield return step;
    }

    // What stands first in the text is told first, and of an output its filters before how it ends.
    private void Add(TemplateMistake mistake, int at, int rank = 0) => _mistakes.Enqueue(mistake, (Tags.Around(at)?.Place.Start ?? at, rank, _mistakes.Count));

    private void Add(LogMessage message)
    {
        if (message.Type != ParserMessageType.Error)
        {
            return;
        }

        var at = message.Span.Start.Offset;
        if (message.Message.Contains("depth limit", StringComparison.Ordinal))
        {
            Add(TemplateMistake.TooDeep(), 0);
        }
        else if (Tags.Around(at) is { Name: { } name } wrong && Orphan().IsMatch(message.Message))
        {
            Add(TemplateMistake.NoTag(name, wrong.Place), at);
        }
        else if (LoopMember().Match(message.Message) is { Success: true } member && Tags.Around(at) is { } around)
        {
            var path = member.Groups[1].Value;
            Add(TemplateMistake.NoVariable(path, new(Math.Max(around.Place.Start, Text.IndexOf(path, around.Place.Start, StringComparison.Ordinal)), path.Length)), at, rank: 3);
        }
        else
        {
            // LiquidJS finds that a tag is not closed after what is in it.
            var isOpen = message.Message.Contains("was not found", StringComparison.Ordinal);
            var place = Tags.Around(at) is not { } tag ? new(Math.Clamp(at, 0, Text.Length), 0)
                : message.Message.Contains("Expecting <expression>", StringComparison.Ordinal) && tag.Name is "if" or "elsif" or "unless" ? tag.AfterName(Text)
                : tag.Place;
            _mistakes.Enqueue(TemplateMistake.Syntax(message.Message, place), (isOpen ? Text.Length : place.Start, 1, _mistakes.Count));
        }
    }

    private void Check(TemplateTag tag)
    {
        if (tag.IsEmpty)
        {
            Add(TemplateMistake.Syntax("there is nothing between the braces", new(tag.Place.End - "%}".Length, 0)), tag.Place.Start);
        }
        else if (!tag.IsOutput && tag.Name is { } name && !Known.Contains(name))
        {
            Add(TemplateMistake.NoTag(name, tag.Place), tag.Place.Start);
        }
    }

    private void Check(ScriptNode node)
    {
        switch (node)
        {
            case ScriptExpressionStatement statement when Tags.Around(statement.Span.Start.Offset) is { IsOutput: true } tag:
                CheckOutput(statement, tag);
                break;
            case ScriptPipeCall { Parent: not ScriptPipeCall } pipe:
                CheckFilters(pipe);
                break;
            case ScriptFunctionCall call when !IsFilter(call):
                Add(TemplateMistake.Syntax("a value is followed by something that is no filter", Tags.Around(node.Span.Start.Offset)?.Place), node.Span.Start.Offset);
                break;
            case ScriptForStatement loop:
                TakeOptions(loop);
                break;
            case ScriptAssignExpression { Target: not ScriptVariable }:
                Add(TemplateMistake.Syntax("expected a variable name", Tags.Around(node.Span.Start.Offset)?.Place), node.Span.Start.Offset);
                break;
        }

        for (var i = 0; i < node.ChildrenCount; i++)
        {
            if (node.GetChildren(i) is { } child)
            {
                Check(child);
            }
        }

        if (node is ScriptForStatement taken && _loops[taken].Else is { } otherwise)
        {
            Check(otherwise);
        }
    }

    private void CheckOutput(ScriptExpressionStatement statement, TemplateTag tag)
    {
        var escapes = statement.Expression is ScriptPipeCall pipe && LiquidFilters.Escapes(FiltersOf(pipe).Last().Name);
        var isQuery = _takesQuery && statement.Expression is ScriptVariable { Name: "query" };
        if (!escapes && !isQuery)
        {
            Add(TemplateMistake.Unfiltered(tag.Place), tag.Place.Start, rank: 2);
        }
    }

    private void CheckFilters(ScriptPipeCall pipe)
    {
        foreach (var step in Steps(pipe))
        {
            var called = (step as ScriptFunctionCall)?.Target ?? step;
            if (called is not ScriptVariable name)
            {
                Add(TemplateMistake.Syntax("a filter is a name, and its arguments are values", Tags.Around(pipe.Span.Start.Offset)?.Place), pipe.Span.Start.Offset);
            }
            else if (!LiquidFilters.Exists(name.Name))
            {
                Add(TemplateMistake.NoFilter(name.Name, TextPlace.Of(name.Span)), name.Span.Start.Offset);
            }
        }
    }

    // LiquidJS applies them in this order, whatever the order in the tag; Scriban in another.
    private void TakeOptions(ScriptForStatement loop)
    {
        loop.SetContinue = false;
        var options = loop.NamedArguments.ToLookup(argument => argument.Name?.Name ?? "", argument => argument.Value);
        _loops[loop] = new(options["offset"].LastOrDefault(), options["limit"].LastOrDefault(), options.Contains("reversed"), loop.Else);
        loop.NamedArguments.Clear();
        loop.Else = null;
    }

    // How Scriban says that a tag stands where none of its name can.
    [GeneratedRegex("^Unable to find a pending|condition must be preceded")]
    private static partial Regex Orphan();

    [GeneratedRegex("^The liquid loop variable <(.+)> is not supported")]
    private static partial Regex LoopMember();
}
