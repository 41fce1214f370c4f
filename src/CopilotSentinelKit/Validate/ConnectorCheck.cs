using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>The connectors that content declares are those of the tables that its query reads, through parsers.</summary>
internal static class ConnectorCheck
{
    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        var declared = item.DeclaredConnectors.Where(connector => connector.ConnectorId.Value.Length > 0).ToImmutableArray();
        if (declared.IsEmpty)
        {
            return [];
        }

        var findings = declared.SelectMany(connector => CheckId(connector, context.Schema));
        return analysis is null || analysis.HasErrors()
            ? findings
            : findings.Concat(CheckMissing(declared, item, analysis)).Concat(CheckUnread(declared, item, analysis, context.Schema));
    }

    private static IEnumerable<Finding> CheckId(DeclaredConnector connector, KqlSchema schema)
    {
        var id = connector.ConnectorId;
        if (connector.DataTypes.IsEmpty)
        {
            yield return ConnectorFindings.NoDataTypes(id.Span, id.Value);
        }

        if (Connectors.Ids.Contains(id.Value))
        {
            yield break;
        }

        if (schema.Catalog.Find(id.Value) is not null && Connectors.Of(id.Value).ToList() is [var filledBy, ..] fillers)
        {
            yield return ConnectorFindings.TableAsConnector(id.Span, id.Value, filledBy)
                .FixedBy(fillers.Count == 1 ? Fixes.Replace(id.Span, id.Value, filledBy) : null);
        }
        else if (Near(id.Value) is { } near)
        {
            yield return ConnectorFindings.UnknownConnector(id.Span, id.Value, near).FixedBy(Fixes.LetterCase(id.Span, id.Value, Connectors.Ids));
        }
    }

    // There are more connectors than anybody lists: only what is all but the same is a misspelling.
    private static string? Near(string id) =>
        Nearest.Find(id, Connectors.Ids.Where(known => Math.Abs(known.Length - id.Length) <= 2 && id.Length > 5
            && (known.StartsWith(id[..(id.Length / 2)], StringComparison.OrdinalIgnoreCase) || known.EndsWith(id[(id.Length / 2)..], StringComparison.OrdinalIgnoreCase))));

    private static IEnumerable<Finding> CheckMissing(ImmutableArray<DeclaredConnector> declared, ContentItem item, KqlAnalysis analysis)
    {
        // A connector that is not known may fill any table.
        if (declared.Any(connector => !Connectors.Ids.Contains(connector.ConnectorId.Value) && !Connectors.Of(connector.ConnectorId.Value).Any()))
        {
            yield break;
        }

        var dataTypes = declared.SelectMany(connector => connector.DataTypes).Select(type => TableOf(type.Value)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var ids = declared.Select(connector => connector.ConnectorId.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var table in TablesRead(item, analysis))
        {
            if (!dataTypes.Contains(table) && Connectors.Of(table).ToList() is [var usual, ..] fillers && !fillers.Exists(ids.Contains)
                && !dataTypes.Any(type => Nearest.Find(type, [table]) is not null))
            {
                yield return ConnectorFindings.NotDeclared(declared[0].ConnectorId.Span, table, usual);
            }
        }
    }

    private static IEnumerable<Finding> CheckUnread(ImmutableArray<DeclaredConnector> declared, ContentItem item, KqlAnalysis analysis, KqlSchema schema)
    {
        var read = TablesRead(item, analysis).Concat(analysis.Functions).Concat(analysis.Watchlists)
            .Concat(analysis.Functions.SelectMany(function => schema.Catalog.TablesOf(function))).ToHashSet(StringComparer.Ordinal);
        foreach (var type in declared.SelectMany(connector => connector.DataTypes))
        {
            var table = TableOf(type.Value);
            if (table.Length == 0 || read.Contains(table))
            {
                continue;
            }

            var isTable = schema.Catalog.Find(table) is not null || schema.Tables.Any(known => known.Name == table);

            // The custom table behind a function of its name is what the connector fills.
            var isBehind = table.EndsWith("_CL", StringComparison.Ordinal) && read.Contains(table[..^"_CL".Length]);
            if (!isTable && !isBehind && Nearest.Find(table, read) is { } meant && meant.Length > 5)
            {
                yield return ConnectorFindings.MisspeltDataType(type.Span, type.Value, meant).FixedBy(Fixes.LetterCase(type.Span, type.Value, read));
            }
            // What a function reads that is not in this run is not known; a function of Microsoft's that reads several has connectors to choose from.
            else if (isTable && analysis.Functions.IsEmpty)
            {
                yield return ConnectorFindings.NotRead(type.Span, type.Value);
            }
        }
    }

    private static IEnumerable<string> TablesRead(ContentItem item, KqlAnalysis analysis) =>
        analysis.Tables.Concat(item.RequiredConnectors.SelectMany(connector => connector.DataTypes)).Distinct(StringComparer.Ordinal);

    // "SecurityAlert (ASC)" and "Syslog-Linux" are ways to write the table and which of its rows.
    private static string TableOf(string dataType) => dataType.Split(' ', '(')[0];
}
