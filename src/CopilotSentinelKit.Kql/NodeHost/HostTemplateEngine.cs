using System.Collections.Immutable;
using System.Text.Json;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Templates;

namespace CopilotSentinelKit.Kql.NodeHost;

/// <summary>LiquidJS in the language host. Values are strings, booleans, integers, arrays of these and objects; of other Kusto types
/// <c>{ "type": "timespan" | "datetime" | "real" | "long" | "name" | "column" | "columns" | "expression", "value": ..., "origin": ... }</c>.</summary>
/// <param name="host">The host to ask; who made it disposes of it.</param>
public sealed class HostTemplateEngine(LanguageHost host) : ITemplateEngine
{
    private static readonly RenderResult NoScriban = new("", [], new("language", "template", 0, 0, "This kit runs its templates in Node.js, which has no Scriban."));

    /// <inheritdoc/>
    public async Task<ImmutableArray<RenderResult>> RenderAsync(ImmutableArray<RenderRequest> requests, CancellationToken cancellation)
    {
        ImmutableArray<RenderRequest> liquid = [.. requests.Where(request => request.Language == TemplateLanguage.Liquid)];
        ImmutableArray<HostRequest> questions = [.. liquid.Select(Ask)];
        var results = await host.AskAsync(null, questions, (index, reply) => Read(liquid[index], reply), cancellation).ConfigureAwait(false);
        var next = 0;
        return [.. requests.Select(request => request.Language == TemplateLanguage.Liquid ? results[next++] : NoScriban)];
    }

    private static HostRequest Ask(RenderRequest request) => new("render", writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("template", request.Template);
        writer.WriteString("query", request.Query);
        writer.WritePropertyName("values");
        request.Values.WriteTo(writer);
        writer.WriteEndObject();
    });

    private static RenderResult Read(RenderRequest request, HostReply reply)
    {
        if (reply.Error is { } failure)
        {
            throw LanguageServiceErrors.Refused(failure);
        }

        return reply.Result.TryGetProperty("error", out var error)
            ? new("", [], ReadError(request, error))
            : new(
                reply.Result.GetProperty("text").GetString()!,
                [.. reply.Result.GetProperty("segments").EnumerateArray().Select(ReadSegment)],
                null);
    }

    private static RenderSegment ReadSegment(JsonElement segment) => new(
        segment[0].GetInt32(),
        segment[1].GetInt32(),
        segment[2].GetString()!,
        segment[3].GetInt32(),
        segment[4].GetInt32(),
        segment[5].GetString());

    private static RenderError ReadError(RenderRequest request, JsonElement error)
    {
        var kind = error.GetProperty("kind").GetString()!;
        var hint = error.GetProperty("name").GetString() is { } name ? UnknownNames.Hint(kind, name, request.Values) : "";
        return new(
            kind,
            error.GetProperty("source").GetString()!,
            error.GetProperty("start").GetInt32(),
            error.GetProperty("length").GetInt32(),
            error.GetProperty("message").GetString() + hint);
    }
}
