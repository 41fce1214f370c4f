using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>Columns of tables and streams: a list of "name" and "type".</summary>
internal static partial class ColumnReader
{
    private const int Limit = 500;

    private static readonly ImmutableDictionary<string, string> TableTypes = ImmutableDictionary.CreateRange(
        StringComparer.OrdinalIgnoreCase,
        new Dictionary<string, string>
        {
            ["boolean"] = "bool",
            ["dateTime"] = "datetime",
            ["dynamic"] = "dynamic",
            ["guid"] = "guid",
            ["int"] = "int",
            ["long"] = "long",
            ["real"] = "real",
            ["string"] = "string",
        });

    /// <summary>The columns of a table.</summary>
    public static ImmutableArray<Column> ReadTable(ArmMap schema) => Read(schema, TableTypes, findings: true);

    /// <summary>The columns of a stream: of the types of a table all but guid.</summary>
    public static ImmutableArray<Column> ReadStream(ArmMap stream) => Read(stream, TableTypes.Remove("guid"), findings: false);

    private static ImmutableArray<Column> Read(ArmMap owner, ImmutableDictionary<string, string> types, bool findings)
    {
        var columns = ImmutableArray.CreateBuilder<Column>();
        var seen = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (var map in owner.Objects("columns"))
        {
            if (map.TextOrNull("name") is not { } name || map.TextOrNull("type") is not { } type)
            {
                continue;
            }

            if (!types.ContainsKey(type.Value))
            {
                owner.Findings.Add(TableFindings.UnknownType(type.Span, name.Value, type.Value, types.Keys.Order(StringComparer.Ordinal)));
            }

            if (findings && !ColumnName().IsMatch(name.Value))
            {
                owner.Findings.Add(TableFindings.IllegalColumn(name.Span, name.Value));
            }

            if (seen.TryAdd(name.Value, name.Span))
            {
                columns.Add(new(name.Value, types.GetValueOrDefault(type.Value, "dynamic")));
            }
            else
            {
                owner.Findings.Add(TableFindings.DuplicateColumn(name.Span, name.Value, seen[name.Value]));
            }
        }

        if (columns.Count > Limit)
        {
            owner.Findings.Add(TableFindings.TooManyColumns(owner.Subject, columns.Count, Limit));
        }

        return columns.DrainToImmutable();
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{1,44}$")]
    private static partial Regex ColumnName();
}
