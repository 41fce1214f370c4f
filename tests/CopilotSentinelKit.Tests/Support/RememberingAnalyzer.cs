using System.Collections.Concurrent;
using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Tests.Support;

/// <summary>Asks each question once: most tests compile the same pack but for one file, and Kusto.Language takes longest of all.</summary>
internal sealed class RememberingAnalyzer(IKqlAnalyzer inner) : IKqlAnalyzer
{
    private readonly ConcurrentDictionary<Question, TaskCompletionSource<KqlAnalysis>> _answers = new();

    public async Task<ImmutableArray<KqlAnalysis>> AnalyzeAsync(
        KqlSchema schema, ImmutableArray<KqlRequest> requests, Action? analyzed, CancellationToken cancellation)
    {
        var names = Names(schema);
        Question[] questions = [.. requests.Select(request => new Question(schema.Catalog.Hash, names, request.Text, Parameters(request.Parameters), request.WithTree, request.WithFormat))];

        // What another test is asking already is waited for.
        var own = new TaskCompletionSource<KqlAnalysis>[questions.Length];
        int[] missing = [.. Enumerable.Range(0, questions.Length).Where(index => _answers.TryAdd(questions[index], own[index] = new(TaskCreationOptions.RunContinuationsAsynchronously)))];
        try
        {
            var made = missing.Length == 0 ? [] : await inner.AnalyzeAsync(schema, [.. missing.Select(index => requests[index])], analyzed, cancellation);
            foreach (var (index, answer) in missing.Zip(made))
            {
                own[index].SetResult(answer);
            }
        }
        catch
        {
            // Whoever waits asks again.
            foreach (var index in missing)
            {
                _answers.TryRemove(questions[index], out _);
                own[index].TrySetCanceled(CancellationToken.None);
            }

            throw;
        }

        var answers = ImmutableArray.CreateBuilder<KqlAnalysis>(questions.Length);
        for (var index = 0; index < questions.Length; index++)
        {
            answers.Add(await AnswerAsync(schema, requests[index], questions[index], cancellation));
        }

        return answers.MoveToImmutable();
    }

    private async Task<KqlAnalysis> AnswerAsync(KqlSchema schema, KqlRequest request, Question question, CancellationToken cancellation)
    {
        if (_answers.TryGetValue(question, out var asked))
        {
            try
            {
                return await asked.Task.WaitAsync(cancellation);
            }
            catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // The test that asked was cancelled.
            }
        }

        return (await inner.AnalyzeAsync(schema, [request], null, cancellation))[0];
    }

    private static string Names(KqlSchema schema) => string.Join('\n',
    [
        .. schema.Tables.Select(table => $"table {table.Name} {table.IsOpen} {Columns(table.Columns)}"),
        .. schema.Functions.Select(function => $"function {function.Name}({Parameters(function.Parameters)}) {Columns(function.Columns)}"),
        .. schema.Watchlists.Select(watchlist => $"watchlist {watchlist.Alias} {Columns(watchlist.Columns)}"),
    ]);

    private static string Columns(ImmutableArray<Column> columns) => string.Join(',', columns.Select(column => $"{column.Name}:{column.Type}"));

    private static string Parameters(ImmutableArray<FunctionParameter> parameters) =>
        parameters.IsDefault ? "" : string.Join(',', parameters.Select(parameter => $"{parameter.Name}:{parameter.Type}={parameter.Default}"));

    private sealed record Question(string Catalog, string Names, string Text, string Parameters, bool WithTree, bool WithFormat);
}
