using System.Collections.Immutable;
using System.Text.Json;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.NodeHost;

/// <summary>Kusto.Language in the language host.</summary>
/// <param name="host">The host to ask; who made it disposes of it.</param>
public sealed class HostKqlAnalyzer(LanguageHost host) : IKqlAnalyzer
{
    private const int Quoted = 80;

    /// <inheritdoc/>
    public async Task<ImmutableArray<KqlAnalysis>> AnalyzeAsync(
        KqlSchema schema, ImmutableArray<KqlRequest> requests, Action? analyzed, CancellationToken cancellation)
    {
        ImmutableArray<HostRequest> questions = [.. requests.Select(Ask)];
        return await host.AskAsync(
            KqlSchemaMessage.Write(schema, requests.Select(request => request.Text)),
            questions,
            (index, reply) =>
            {
                var analysis = Read(requests[index].Text, reply);
                analyzed?.Invoke();
                return analysis;
            },
            cancellation).ConfigureAwait(false);
    }

    private static HostRequest Ask(KqlRequest request) => new("analyze", writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("text", request.Text);
        writer.WriteStartArray("parameters");
        foreach (var parameter in request.Parameters.IsDefault ? [] : request.Parameters)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(parameter.Name);
            writer.WriteStringValue(parameter.Type);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("tree", request.WithTree);
        if (request.WithFormat)
        {
            writer.WriteBoolean("format", true);
        }

        writer.WriteEndObject();
    }, request.Place is { } place ? $"the query at {place}" : "");

    private static KqlAnalysis Read(string text, HostReply reply)
    {
        if (reply.Error is { } error)
        {
            // Kusto.Language itself failed on this text: that is said of this query, and the others go on.
            var failed = new KqlDiagnostic(
                LanguageServiceErrors.RefusedCode, "Error", 0, text.Length, $"Kusto.Language could not analyse this query: {error}");
            return new([failed], null, [], [], [], [], null);
        }

        try
        {
            return Read(text, reply.Result);
        }
        catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            var raw = reply.Result.ValueKind == JsonValueKind.Undefined ? "" : reply.Result.GetRawText();
            throw LanguageServiceErrors.Garbage(LastLines.Clean(raw[..Math.Min(Quoted, raw.Length)]));
        }
    }

    private static KqlAnalysis Read(string text, JsonElement result)
    {
        var tree = result.GetProperty("tree");
        return new(
            [.. result.GetProperty("diagnostics").EnumerateArray().Select(ReadDiagnostic)],
            ReadColumns(result.GetProperty("columns")),
            ReadNames(result.GetProperty("tables")),
            ReadNames(result.GetProperty("functions")),
            ReadNames(result.GetProperty("watchlists")),
            ReadNames(result.GetProperty("columnsRead")),
            tree.ValueKind == JsonValueKind.Null ? null : SyntaxTreeReader.Read(text, tree))
        {
            IsOpen = result.GetProperty("isOpen").GetBoolean(),
            Formatted = result.TryGetProperty("formatted", out var formatted) ? formatted.GetString() : null,
        };
    }

    private static KqlDiagnostic ReadDiagnostic(JsonElement diagnostic) => new(
        diagnostic[0].GetString()!,
        diagnostic[1].GetString()!,
        diagnostic[2].GetInt32(),
        diagnostic[3].GetInt32(),
        diagnostic[4].GetString()!);

    private static ImmutableArray<Column>? ReadColumns(JsonElement columns) => columns.ValueKind == JsonValueKind.Null
        ? null
        : [.. columns.EnumerateArray().Select(part => part.GetString()!).Chunk(2).Select(pair => new Column(pair[0], pair[1]))];

    private static ImmutableArray<string> ReadNames(JsonElement names) =>
        [.. names.EnumerateArray().Select(name => name.GetString()!).Order(StringComparer.Ordinal)];
}
