using System.Collections.Concurrent;
using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Tests.Support;

/// <summary>Asks each question once: most tests compile the same pack but for one file, and Kusto.Language takes longest of all.</summary>
internal sealed class RememberingAnalyzer(IKqlAnalyzer inner) : IKqlAnalyzer
{
    private readonly ConcurrentDictionary<Question, KqlAnalysis> _answers = new();

    public async Task<ImmutableArray<KqlAnalysis>> AnalyzeAsync(
        KqlSchema schema, ImmutableArray<KqlRequest> requests, Action? analyzed, CancellationToken cancellation)
    {
        var names = Names(schema);
        Question[] questions = [.. requests.Select(request => new Question(schema.Catalog.Hash, names, request.Text, Parameters(request.Parameters), request.WithTree))];
        int[] missing = [.. Enumerable.Range(0, questions.Length).Where(index => !_answers.ContainsKey(questions[index]))];
        if (missing.Length > 0)
        {
            var made = await inner.AnalyzeAsync(schema, [.. missing.Select(index => requests[index])], analyzed, cancellation);
            foreach (var (index, answer) in missing.Zip(made))
            {
                _answers[questions[index]] = answer;
            }
        }

        return [.. questions.Select(question => _answers[question])];
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

    private sealed record Question(string Catalog, string Names, string Text, string Parameters, bool WithTree);
}
