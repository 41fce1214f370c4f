using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Cli.Cache;

/// <summary>How results are written into the cache: generated code, since reflection would cost more than the cache saves.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(KqlAnalysis))]
[JsonSerializable(typeof(KqlSchemaDigest))]
internal sealed partial class CacheJson : JsonSerializerContext
{
    /// <summary>The results of some keys, in order: from the cache, and those that it lacks made in one go and stored.</summary>
    public static async Task<ImmutableArray<T>> GetOrAddAsync<T>(
        ResultCache cache, ImmutableArray<string> keys, JsonTypeInfo<T> type, Func<ImmutableArray<int>, Task<ImmutableArray<T>>> make)
        where T : class
    {
        var results = keys.Select(key => Read(cache, key, type)).ToArray();
        var missing = Enumerable.Range(0, results.Length).Where(i => results[i] is null).ToImmutableArray();
        if (!missing.IsEmpty)
        {
            foreach (var (index, result) in missing.Zip(await make(missing)))
            {
                results[index] = result;
                cache.Write(keys[index], JsonSerializer.SerializeToUtf8Bytes(result, type));
            }
        }

        return [.. results.OfType<T>()];
    }

    // The generated code looks at members, not at what is in their lists.
    private static bool IsWhole(object result) => result is not KqlAnalysis analysis
        || !(analysis.Diagnostics.Contains(null!) || analysis.Columns?.Contains(null!) == true || analysis.UnknownNames.Contains(null!)
            || analysis.Tables.Contains(null!) || analysis.Functions.Contains(null!) || analysis.Watchlists.Contains(null!) || analysis.ColumnsRead.Contains(null!));

    private static T? Read<T>(ResultCache cache, string key, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return cache.Read(key) is { } bytes && JsonSerializer.Deserialize(bytes, type) is { } result && IsWhole(result) ? result : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
