using System.Text;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Backtest;

/// <summary>Tables as let statements of literals, each written once.</summary>
internal sealed class ScriptTables
{
    private readonly Dictionary<string, (EvaluationTable Table, bool WithIngestionTime, bool Plain)> _declared = new(StringComparer.Ordinal);

    /// <summary>The let statements.</summary>
    public string Text => string.Concat(_declared.Select(entry => Write(entry.Key, entry.Value)));

    /// <summary>The column with a value that no literal means, or null.</summary>
    public string? Fault(EvaluationTable table) => _declared.Values.Any(known => known.Table == table) ? null : Enumerable.Range(0, table.Columns.Length)
        .Where(place => KqlTypes.Find(table.Columns[place].Type) is not { } type || KqlLiteral.Name(table.Columns[place].Name) is null || table.Rows.Any(row => KqlLiteral.Of(row[place], type) is null))
        .Select(place => table.Columns[place].Name).FirstOrDefault();

    /// <summary>The name to read a table by.</summary>
    /// <param name="name">The name it is given.</param>
    /// <param name="table">The table.</param>
    /// <param name="withIngestionTime">Whether the rows bring their time of ingestion along in <see cref="IngestionPlan.Column"/>.</param>
    public string Declare(string name, EvaluationTable table, bool withIngestionTime)
    {
        var known = _declared.GetValueOrDefault(name);
        _declared[name] = (table, known.WithIngestionTime || withIngestionTime, known.Plain || !withIngestionTime);
        return withIngestionTime ? Wide(name) : name;
    }

    private static string Wide(string name) => name.StartsWith('[') ? "['Csk_" + name[2..] : "Csk_" + name;

    private static string Write(string name, (EvaluationTable Table, bool WithIngestionTime, bool Plain) entry)
    {
        var table = entry.Table;
        var types = table.Columns.Select(column => KqlTypes.Find(column.Type)!.Value).ToArray();
        var text = new StringBuilder("let ").Append(entry.WithIngestionTime ? Wide(name) : name).Append(" = datatable(")
            .AppendJoin(", ", table.Columns.Zip(types, (column, type) => $"{KqlLiteral.Name(column.Name)}:{type.Name()}"))
            .Append(entry.WithIngestionTime ? $", {IngestionPlan.Column}:datetime" : "").Append(")[");
        for (var i = 0; i < table.Rows.Length; i++)
        {
            text.Append(i == 0 ? "\n" : ",\n").AppendJoin(", ", table.Rows[i].Zip(types, (value, type) => KqlLiteral.Of(value, type)));
            if (entry.WithIngestionTime)
            {
                text.Append(", ").Append(table.IngestionTimes.IsDefaultOrEmpty ? "datetime(null)" : KqlLiteral.Of(table.IngestionTimes[i]));
            }
        }

        text.Append("];\n");
        return entry is { WithIngestionTime: true, Plain: true } ? $"{text}let {name} = {Wide(name)} | project-away {IngestionPlan.Column};\n" : text.ToString();
    }
}
