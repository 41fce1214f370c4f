using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about the data connectors that content declares (CSK0590 to CSK0599).</summary>
internal static class ConnectorFindings
{
    public static Finding NotDeclared(SourceSpan span, string table, string connector) => Finding.Warning("CSK0590", span,
        $"The query reads {table}, but no connector that is declared has it, so Sentinel may call the content usable where it is not. Declare \"{connector}\" with the data type {table}.");

    public static Finding NotRead(SourceSpan span, string dataType) => Finding.Information("CSK0591", span,
        $"The query does not read \"{dataType}\", so content that could run is shown as lacking data. Remove the data type.");

    public static Finding UnknownConnector(SourceSpan span, string id, string near) => Finding.Warning("CSK0592", span,
        $"No connector with the id \"{id}\" is known. Did you mean \"{near}\"?");

    public static Finding SpelledDifferently(SourceSpan span, string id, string other) => Finding.Warning("CSK0593", span,
        $"\"{id}\" is written \"{other}\" elsewhere, so Sentinel takes one connector for two. Write it in one way.");

    public static Finding TableAsConnector(SourceSpan span, string table, string connector) => Finding.Warning("CSK0594", span,
        $"\"{table}\" is a table, not the id of a connector. The connector that fills it is \"{connector}\".");

    public static Finding NoDataTypes(SourceSpan span, string id) => Finding.Warning("CSK0595", span,
        $"The connector \"{id}\" has no data types, so nothing says what is needed of it. List the tables that the query reads.");

    public static Finding MisspeltDataType(SourceSpan span, string dataType, string table) => Finding.Warning("CSK0596", span,
        $"\"{dataType}\" is no data type that the query reads. Did you mean \"{table}\"?");
}
