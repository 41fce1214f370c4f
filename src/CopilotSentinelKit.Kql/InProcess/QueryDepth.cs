
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.InProcess;

/// <summary>How deeply a query nests. Kusto.Language refuses such depth too, but takes long to see it; brackets in literals count, since
/// nobody writes that many.</summary>
internal static class QueryDepth
{
    /// <summary>Kusto.Language's own code for it.</summary>
    public const string Code = "KS245";

    private const int Limit = 400;

    /// <summary>Kusto.Language's own finding about it.</summary>
    public static KqlDiagnostic Finding { get; } =
        new(Code, "Error", 0, 0, "Query syntax depth exceeds maximum safe limit. Semantic analysis not performed.");

    public static bool IsTooDeep(string text)
    {
        var depth = 0;
        foreach (var character in text)
        {
            depth += character switch
            {
                '(' or '[' or '{' => 1,
                ')' or ']' or '}' => -1,
                _ => 0,
            };
            if (depth > Limit)
            {
                return true;
            }
        }

        return false;
    }
}
