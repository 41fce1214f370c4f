using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;
using Kusto.Language;
using Kusto.Language.Editor;
using Kusto.Language.Symbols;

namespace CopilotSentinelKit.Kql.InProcess;

/// <summary>Kusto.Language in this process, on as many threads as the machine has cores.</summary>
public sealed class InProcessKqlAnalyzer : IKqlAnalyzer
{
    // Functions that call functions recurse; the stacks of a thread pool are small on some systems. Only what is used takes memory.
    private const int StackSize = 256 * 1024 * 1024;

    /// <inheritdoc/>
    public async Task<ImmutableArray<KqlAnalysis>> AnalyzeAsync(
        KqlSchema schema, ImmutableArray<KqlRequest> requests, Action? analyzed, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (requests.IsEmpty)
        {
            return [];
        }

        var workspace = new WorkspaceSymbols(schema, requests.Select(request => request.Text));
        var results = new KqlAnalysis[requests.Length];
        var next = -1;
        var told = new Lock();
        var threads = Math.Min(Environment.ProcessorCount, requests.Length);
        await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => OnThread(Work))).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return ImmutableArray.Create(results);

        void Work()
        {
            while (!cancellation.IsCancellationRequested && Interlocked.Increment(ref next) is var index && index < results.Length)
            {
                results[index] = Analyze(requests[index], workspace, cancellation);
                lock (told)
                {
                    analyzed?.Invoke();
                }
            }
        }
    }

    private static KqlAnalysis Analyze(KqlRequest request, WorkspaceSymbols workspace, CancellationToken cancellation)
    {
        if (QueryDepth.IsTooDeep(request.Text))
        {
            return Only(QueryDepth.Finding);
        }

        try
        {
            return Bind(request, workspace, cancellation);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or LanguageServiceException))
        {
            // Kusto.Language itself failed on this text: that is said of this query, and the others go on.
            return Only(new KqlDiagnostic(LanguageServiceErrors.RefusedCode, "Error", 0, request.Text.Length, $"Kusto.Language could not analyse this query: {fault.Message}"));
        }
    }

    private static KqlAnalysis Bind(KqlRequest request, WorkspaceSymbols workspace, CancellationToken cancellation)
    {
        var globals = request.Parameters.IsDefaultOrEmpty
            ? workspace.Globals
            : workspace.Globals.AddOrUpdateAmbientSymbols([.. request.Parameters.Select(WorkspaceSymbols.ParameterOf)]);
        var code = KustoCode.ParseAndAnalyze(request.Text, globals, cancellation);
        ImmutableArray<KqlDiagnostic> diagnostics =
            [.. code.GetDiagnostics(cancellation).Select(finding => new KqlDiagnostic(finding.Code, finding.Severity, finding.Start, finding.Length, finding.Message))];
        if (diagnostics.Any(finding => finding.Code == QueryDepth.Code))
        {
            // It was not bound, and its tree is as deep.
            return Only([.. diagnostics]);
        }

        var reads = QueryReads.Of(code.Syntax, workspace);
        var table = code.ResultType as TableSymbol;
        return new(
            diagnostics,
            table is null ? null : [.. table.Columns.Select(column => new Column(column.Name, column.Type.Name))],
            reads.Tables,
            reads.Functions,
            reads.Watchlists,
            reads.Columns,
            request.WithTree ? TreeWriter.Write(request.Text, code.Syntax, workspace) : null)
        {
            IsOpen = table?.IsOpen ?? false,
            Formatted = request.WithFormat ? Formatted(code, cancellation) : null,
        };
    }

    // Words that are missing stay so: only white space changes.
    private static string Formatted(KustoCode code, CancellationToken cancellation) =>
        new KustoCodeService(code).GetFormattedText(FormattingOptions.Default.WithInsertMissingTokens(false), 0, cancellation).Text;

    private static KqlAnalysis Only(params ImmutableArray<KqlDiagnostic> findings) => new(findings, null, [], [], [], [], null);

    private static Task OnThread(Action work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(
            () =>
            {
                try
                {
                    work();
                    done.SetResult();
                }
                catch (OperationCanceledException)
                {
                    done.SetCanceled();
                }
                catch (Exception fault)
                {
                    done.SetException(fault);
                }
            },
            StackSize)
        {
            IsBackground = true,
        };
        thread.Start();
        return done.Task;
    }
}
