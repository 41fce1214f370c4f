using System.Text.RegularExpressions;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>A column of AzureDiagnostics that is there only once a resource has sent it.</summary>
internal static partial class ArrivingColumnLint
{
    private const string Table = "AzureDiagnostics";

    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        if (!query.Analysis.Tables.Contains(Table))
        {
            yield break;
        }

        var made = query.OfKind("SimpleNamedExpression").Select(named => named["Name"]?.Source).ToHashSet(StringComparer.Ordinal);
        var column = query.OfKind("NameReference").FirstOrDefault(node => node.Symbol is { Kind: "Column" } symbol && symbol.Sources.FirstOrDefault() is null
            && Ending().IsMatch(symbol.Name) && !made.Contains(symbol.Name));
        if (column is not null)
        {
            yield return MeaningFindings.ArrivingColumn(query.At(column), column.Symbol!.Name, column.Symbol.Name[^1] switch
            {
                'd' => "real(null)",
                'b' => "bool(null)",
                't' => "datetime(null)",
                'g' => "guid(null)",
                _ => "''",
            });
        }
    }

    // How Log Analytics marks the type of a value that it found.
    [GeneratedRegex(@"^[A-Za-z]\w*_[sdbtg]\z")]
    private static partial Regex Ending();
}
