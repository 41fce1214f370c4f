using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>KQL in a template.</summary>
internal static class ArmQuery
{
    /// <summary>The query of a key; unknown when it is not there, which has been reported, or an expression.</summary>
    public static Query Read(ArmMap keys, string key) => keys.Text(key) is { } text
        ? Of(text, keys.Entry(key)?.Key.Span ?? keys.Subject)
        : Query.Unknown(keys.Entry(key)?.Key.Span ?? keys.Subject);

    /// <summary>A text as a query, every character with its place.</summary>
    public static Query Of(YamlText text, SourceSpan fallback) => new(text.Value, [new(0, text.Value.Length, text.Locate)], fallback);
}
