using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace CopilotSentinelKit.Generate.Templates;

/// <summary>Renders templates in Scriban: strictly (an unknown variable, member or filter is an error), in bounded time and space, and
/// with no way out: a template has the values that it is given and <see cref="TemplateFunctions"/>.</summary>
internal static class TemplateEngine
{
    // The last resort against a template that takes long with few steps.
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    /// <summary>The version of Scriban, X.Y.Z.</summary>
    public static string Version { get; } = typeof(Scriban.Template).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>Renders each request, in order. A wrong template is an error in its result, never an exception.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ImmutableArray<RenderResult> Render(ImmutableArray<RenderRequest> requests, CancellationToken cancellation)
    {
        var results = new RenderResult[requests.Length];
        Parallel.For(0, requests.Length, new() { CancellationToken = cancellation }, i => results[i] = Render(requests[i], cancellation));
        return ImmutableArray.Create(results);
    }

    private static RenderResult Render(RenderRequest request, CancellationToken cancellation)
    {
        if (request.IsPlain)
        {
            return new(request.Template, [new(0, request.Template.Length, TemplateSource.Template, 0, request.Template.Length, null)], null);
        }

        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(MaxTime);
        var source = TemplateSource.Query;
        RecordingContext? context = null;
        var computed = ImmutableHashSet<string>.Empty;
        try
        {
            var values = Shared(request.Values);
            if (request.Query is { } query)
            {
                Run(ParsedTemplate.Read(source, query, request.Dialect, takesQuery: false), values);
                values = [];
                request.Values.CopyTo(values);
                values["query"] = new QueryValue(context!.Rendered, context.Segments);
                values.IsReadOnly = true;
            }

            (source, context) = (TemplateSource.Template, null);
            Run(ParsedTemplate.Read(source, request.Template, request.Dialect, takesQuery: request.Query is not null), values);
            return new(context!.Rendered, context.Segments, null) { Computed = computed };
        }
        catch (Exception fault)
        {
            cancellation.ThrowIfCancellationRequested();
            var mistake = Explain(fault);
            var place = mistake.Place ?? context?.Current ?? default;
            return new("", [], new(mistake.Kind, source, place.Start, place.Length, mistake.Message));
        }

        void Run(ParsedTemplate template, ScriptObject values)
        {
            context = new(template, values) { CancellationToken = time.Token };
            context.Evaluate(template.Page, false);
            computed = computed.Union(ComputedValues.Of(template.Page));
        }
    }

    /// <summary>Values that no template can change: the query's template and that of its archetype share them.</summary>
    private static ScriptObject Shared(ScriptObject values)
    {
        Close(values);
        return values;
    }

    // What is closed is closed all the way down: many templates share one model.
    private static void Close(object? value)
    {
        if (value is IScriptObject { IsReadOnly: true })
        {
            return;
        }

        foreach (var inner in value as ScriptArray ?? (value as ScriptObject)?.Values ?? Enumerable.Empty<object?>())
        {
            Close(inner);
        }

        if (value is IScriptObject shared)
        {
            shared.IsReadOnly = true;
        }
    }

    // Scriban wraps what was thrown.
    private static TemplateMistake Explain(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case TemplateMistake mistake:
                    return mistake;
                case InsufficientExecutionStackException:
                    return TemplateMistake.TooDeep();
                case RegexMatchTimeoutException:
                    return TemplateMistake.Limit("A regular expression takes too long.");
                case ScriptAbortException or OperationCanceledException:
                    return TemplateMistake.TooManySteps();
            }
        }

        return fault is not ScriptRuntimeException known ? TemplateMistake.Syntax(fault.Message)
            : Limit(known.OriginalMessage) ?? TemplateMistake.Syntax(known.OriginalMessage, Place(known.Span));
    }

    // The limits that Scriban itself keeps have no type of their own.
    private static TemplateMistake? Limit(string message) => !message.Contains("xceed", StringComparison.Ordinal) ? null
        : message.Contains("recursive", StringComparison.Ordinal) ? TemplateMistake.TooManyCalls()
        : message.Contains("LoopLimit", StringComparison.Ordinal) || message.Contains("iteration", StringComparison.Ordinal) ? TemplateMistake.TooManySteps()
        : TemplateMistake.TooMuch();

    private static TextPlace? Place(SourceSpan span) => span.Start.Offset >= 0 && span.End.Offset > 0 ? TextPlace.Of(span) : null;
}
