using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Analyze;

/// <summary>A file whose queries were laid out.</summary>
/// <param name="Source">The file as it was read.</param>
/// <param name="Text">Its text with the queries laid out; that of <paramref name="Source"/> when nothing changes.</param>
/// <param name="Queries">How many queries it has.</param>
/// <param name="Changed">How many of them are laid out in another way.</param>
/// <param name="Left">Queries that were left as they are, and why.</param>
public sealed record LaidOutFile(SourceFile Source, string Text, int Queries, int Changed, ImmutableArray<(SourceSpan Place, string Why)> Left);

/// <summary>Lays the KQL in files of others out as Kusto.Language's own formatter does. What is around a query keeps every byte.</summary>
/// <param name="kql">Kusto.Language.</param>
/// <param name="schema">What queries can name.</param>
internal sealed class ContentLayout(IKqlAnalyzer kql, KqlSchema schema)
{
    // Laying out what is laid out already may move a comment once more.
    private const int MostRounds = 4;

    private readonly PatientAnalyzer _kql = new(kql);

    /// <summary>The files with their queries laid out, without those that hold none. Their queries are asked for together.</summary>
    public async Task<ImmutableArray<LaidOutFile>> RunAsync(IEnumerable<SpecFile> files, CancellationToken cancellation)
    {
        var read = files.Select(file => (File: file, Queries: QueriesOf(file))).Where(file => !file.Queries.IsEmpty).ToList();
        var laidOut = await LayOutAsync([.. read.SelectMany(file => file.Queries).Select(query => query.Text)], cancellation);
        var next = 0;
        return [.. read.Select(file => Write(file.File, file.Queries, laidOut.AsSpan((next += file.Queries.Length) - file.Queries.Length, file.Queries.Length)))];
    }

    private static LaidOutFile Write(SpecFile file, ImmutableArray<Query> queries, ReadOnlySpan<(string? Text, string? Why)> laidOut)
    {
        var source = queries[0].Locate(0, 1).File;
        var isJson = Path.GetExtension(file.PackPath).ToUpperInvariant() is ".JSON" or ".WORKBOOK";
        var left = ImmutableArray.CreateBuilder<(SourceSpan, string)>();
        var edits = new List<TextEdit>();
        var expected = queries.Select(query => Words(query.Text)).ToArray();
        var changed = 0;
        foreach (var (index, query) in queries.Index())
        {
            var (text, why) = laidOut[index];
            var ofQuery = text is null ? null : QueryEdits.Of(query, text, isJson);
            if (ofQuery is null)
            {
                left.Add((query.Locate(0, 1), why ?? "the file has no room for its line breaks"));
            }
            else if (!ofQuery.Value.IsEmpty)
            {
                changed++;
                edits.AddRange(ofQuery.Value);
                expected[index] = Words(text!);
            }
        }

        var result = TextEdits.Apply(source.Text, edits);
        return Holds(file, result, expected)
            ? new(source, result, queries.Length, changed, left.DrainToImmutable())
            : new(source, source.Text, queries.Length, 0, [(source.All with { Length = 0 }, "it could not be written back exactly")]);
    }

    private static ImmutableArray<Query> QueriesOf(SpecFile file) =>
        [.. ContentReader.Read([file]).Items.SelectMany(item => item.GetQueries()).Where(query => !query.IsUnknown && !string.IsNullOrWhiteSpace(query.Text)).DistinctBy(query => query.Locate(0, 1).Start)];

    // What is written is read again: as many queries, and each the one that was meant.
    private static bool Holds(SpecFile file, string text, string[] expected) =>
        QueriesOf(file with { Bytes = Encoding.UTF8.GetBytes(text) }).Select(query => Words(query.Text)).SequenceEqual(expected, StringComparer.Ordinal);

    private static string Words(string kql) => kql.Replace("\r\n", "\n", StringComparison.Ordinal).Trim();

    private async Task<ImmutableArray<(string? Text, string? Why)>> LayOutAsync(ImmutableArray<string> texts, CancellationToken cancellation)
    {
        var first = await AnalyzeAsync(texts, cancellation);
        var results = new (string? Text, string? Why)[texts.Length];
        var open = new List<int>();
        for (var i = 0; i < texts.Length; i++)
        {
            if (first[i] is { Formatted: { } formatted } && !HasSyntaxError(first[i]))
            {
                results[i] = (Words(formatted), null);
                open.Add(i);
            }
            else
            {
                results[i] = (null, "it has a mistake of syntax");
            }
        }

        for (var round = 0; round < MostRounds && open.Count > 0; round++)
        {
            var again = await AnalyzeAsync([.. open.Select(i => results[i].Text!)], cancellation);
            foreach (var (index, analysis) in open.ToList().Zip(again))
            {
                var next = Words(analysis.Formatted ?? "");
                if (HasSyntaxError(analysis) || !SameTree(first[index], analysis))
                {
                    results[index] = (null, "Kusto.Language would lay it out as another query");
                }
                else if (next != results[index].Text)
                {
                    results[index] = round == MostRounds - 1 ? (null, "Kusto.Language does not settle on a layout of it") : (next, null);
                    continue;
                }

                open.Remove(index);
            }
        }

        return [.. results];
    }

    private Task<ImmutableArray<KqlAnalysis>> AnalyzeAsync(ImmutableArray<string> texts, CancellationToken cancellation) =>
        _kql.AnalyzeAsync(schema, [.. texts.Select(text => new KqlRequest(text, [], WithTree: true) { WithFormat = true })], null, cancellation);

    private static bool HasSyntaxError(KqlAnalysis analysis) =>
        analysis.Tree is null || analysis.Diagnostics.Any(finding => finding.Severity == "Error" && string.CompareOrdinal(finding.Code, "KS100") < 0);

    private static bool SameTree(KqlAnalysis left, KqlAnalysis right) => Nodes(left).SequenceEqual(Nodes(right));

    // Kinds and results of all nodes, and the texts of words: comments are no part of a tree, and QueryEdits compares them.
    private static IEnumerable<(string Kind, string? Text, string? Type)> Nodes(KqlAnalysis analysis) =>
        analysis.Tree!.SelfAndDescendants().Select(node => (node.Kind, node.Text, node.ResultType));
}
