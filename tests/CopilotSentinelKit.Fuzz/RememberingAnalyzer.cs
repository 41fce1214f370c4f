using System.Collections.Concurrent;
using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Fuzz;

/// <summary>Asks for each query once: most inputs share the parsers of the shipped mapping.</summary>
internal sealed class RememberingAnalyzer(IKqlAnalyzer inner) : IKqlAnalyzer
{
    // A run of days would otherwise fill the memory with what never comes again.
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<string, KqlAnalysis> _answers = new(StringComparer.Ordinal);

    public async Task<ImmutableArray<KqlAnalysis>> AnalyzeAsync(KqlSchema schema, ImmutableArray<KqlRequest> requests, Action? analyzed, CancellationToken cancellation)
    {
        var names = string.Join('\n', schema.Tables.Select(table => $"{table.Name} {string.Join(',', table.Columns)}")
            .Concat(schema.Functions.Select(function => $"{function.Name} {string.Join(',', function.Parameters)} {string.Join(',', function.Columns)}"))
            .Concat(schema.Watchlists.Select(list => $"{list.Alias} {string.Join(',', list.Columns)}")));
        string[] keys = [.. requests.Select(request => $"{names}\n{request.Text}\n{(request.Parameters.IsDefault ? "" : string.Join(',', request.Parameters))}")];
        var answers = keys.Select(key => _answers.GetValueOrDefault(key)).ToArray();
        int[] missing = [.. Enumerable.Range(0, keys.Length).Where(index => answers[index] is null)];
        if (missing.Length > 0)
        {
            foreach (var (index, answer) in missing.Zip(await inner.AnalyzeAsync(schema, [.. missing.Select(index => requests[index])], analyzed, cancellation)))
            {
                answers[index] = answer;
                if (_answers.Count < Most)
                {
                    _answers[keys[index]] = answer;
                }
            }
        }

        return [.. answers.OfType<KqlAnalysis>()];
    }
}
