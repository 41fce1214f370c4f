using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Templates;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace CopilotSentinelKit.Kql.InProcess;

/// <summary>Scriban in this process. A template in Liquid gives what LiquidJS makes of it; one in Scriban's own language may use all of that which
/// needs no file, clock or chance.</summary>
public sealed class InProcessTemplateEngine : ITemplateEngine
{
    // The last resort against a template that takes long with few steps.
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public Task<ImmutableArray<RenderResult>> RenderAsync(ImmutableArray<RenderRequest> requests, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var results = new RenderResult[requests.Length];
            Parallel.For(0, requests.Length, new() { CancellationToken = cancellation }, i => results[i] = Render(requests[i], cancellation));
            return ImmutableArray.Create(results);
        },
        cancellation);

    private static RenderResult Render(RenderRequest request, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(MaxTime);
        var source = "query";
        RecordingContext? context = null;
        try
        {
            var values = TemplateValues.Read(request.Values);
            if (request.Query is { } query)
            {
                Run(LiquidTemplate.Read(query, takesQuery: false), values);
                values["query"] = new QueryValue(context!.Rendered, context.Segments);
            }

            (source, context) = ("template", null);
            if (request.Language == TemplateLanguage.Scriban)
            {
                var template = ScribanTemplate.Read(request.Template);
                context = new ScribanContext(template, new(), values) { CancellationToken = time.Token };
                context.Evaluate(template.Page, false);
            }
            else
            {
                Run(LiquidTemplate.Read(request.Template, takesQuery: true), values);
            }

            return new(context!.Rendered, context.Segments, null);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            var mistake = Explain(fault);
            var place = mistake.Place ?? context?.Current ?? default;
            var hint = mistake.Unknown is { } name ? UnknownNames.Hint(mistake.Kind, name, request.Values) : "";
            return new("", [], new(mistake.Kind, source, place.Start, place.Length, mistake.Message + hint));
        }

        void Run(LiquidTemplate template, ScriptObject values)
        {
            context = new LiquidContext(source, template, new(), values) { CancellationToken = time.Token };
            context.Evaluate(template.Page, false);
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
                case ScriptAbortException or OperationCanceledException:
                    return RenderLimits.TooManySteps();
            }
        }

        return fault is ScriptRuntimeException known ? TemplateMistake.Syntax(known.OriginalMessage, Place(known.Span)) : TemplateMistake.Syntax(fault.Message);
    }

    private static TextPlace? Place(SourceSpan span) => span.Start.Offset >= 0 && span.End.Offset > 0 ? TextPlace.Of(span) : null;
}
