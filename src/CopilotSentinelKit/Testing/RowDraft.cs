using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Testing;

/// <summary>Makes rows of what queries read, with the columns that they name: what a query compares a column with is its value, so that conditions
/// hold where one row can make them hold. Otherwise the value is one of its type.</summary>
internal sealed class RowDraft
{
    /// <summary>The column that every table of a workspace has.</summary>
    public const string Time = "TimeGenerated";

    /// <summary>The name under which columns are kept whose table nobody knows.</summary>
    public const string Open = "";

    private readonly ILookup<string, (ImmutableArray<string> Steps, string? Value)> _parts;
    private readonly HashSet<string> _read;

    /// <param name="queries">The queries, bound.</param>
    public RowDraft(ImmutableArray<KqlAnalysis> queries)
    {
        _parts = queries.SelectMany(query => Parts(query.Tree)).ToLookup(part => part.Column, part => (part.Steps, part.Value), StringComparer.Ordinal);
        OpenColumns = [.. queries.SelectMany(query => Unknown(query.Tree)).DistinctBy(column => column.Name).OrderBy(column => column.Name != Time)];
        _read = [.. queries.SelectMany(query => query.ColumnsRead), .. OpenColumns.Select(column => $"{Open}.{column.Name}")];
    }

    /// <summary>Columns of tables that nobody knows, each of the type of what it is compared with.</summary>
    public ImmutableArray<Column> OpenColumns { get; }

    /// <summary>A row of a table or function: TimeGenerated, and the columns that queries name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="columns">Its columns.</param>
    public OutputMap Row(string name, ImmutableArray<Column> columns) => OutputMap.Of(
    [
        .. columns.Where(column => column.Name == Time || _read.Contains($"{name}.{column.Name}")).OrderBy(column => column.Name != Time)
            .Select(column => (column.Name, (OutputNode?)Value(column, [.. _parts[$"{name}.{column.Name}"]]))),
    ]);

    private static OutputNode Value(Column column, ImmutableArray<(ImmutableArray<string> Steps, string? Value)> parts)
    {
        if (column.Type is "dynamic" or "string" && parts.Any(part => !part.Steps.IsEmpty))
        {
            var nested = Nested(column.Name, parts, 0);
            return column.Type == "dynamic" ? nested : JsonText.WriteCompact(nested);
        }

        return parts.Select(part => part.Value).OfType<string>().Select(value => Typed(column.Type, value)).FirstOrDefault(value => value is not null) ?? Sample(column);
    }

    // The names of a bag, or the first element of an array, on the way to values.
    private static OutputNode Nested(string name, IReadOnlyCollection<(ImmutableArray<string> Steps, string? Value)> parts, int depth)
    {
        var deeper = parts.Where(part => part.Steps.Length > depth).ToLookup(part => part.Steps[depth], StringComparer.Ordinal);
        if (deeper.Count == 0)
        {
            return parts.Select(part => part.Value).FirstOrDefault(value => value is not null) ?? name;
        }

        var elements = deeper.Where(step => step.Key.StartsWith('[')).SelectMany(step => step).ToList();
        return elements.Count > 0
            ? OutputList.Of(Enumerable.Repeat(Nested(name, elements, depth + 1), elements.Max(element => Place(element.Steps[depth])) + 1))
            : OutputMap.Of([.. deeper.Select(step => (step.Key, (OutputNode?)Nested(step.Key, [.. step], depth + 1)))]);
    }

    // What stands further back in an array than anybody writes by hand is left to a person.
    private static int Place(string step) => int.TryParse(step.Trim('[', ']'), CultureInfo.InvariantCulture, out var place) && place is > 0 and < 10 ? place : 0;

    private static OutputNode? Typed(string type, string value) => type switch
    {
        "string" => value,
        "dynamic" => OutputList.Of([value]),
        "bool" when bool.TryParse(value, out var flag) => flag,
        "long" or "int" or "real" or "decimal" when long.TryParse(value, CultureInfo.InvariantCulture, out var number) => number,
        "guid" when Guid.TryParse(value, out var guid) => guid.ToString(),
        _ => null,
    };

    private static OutputNode Sample(Column column) => column.Type switch
    {
        "datetime" => "-10m",
        "bool" => true,
        "long" or "int" or "real" or "decimal" => 1,
        "guid" => "00000000-0000-0000-0000-000000000001",
        "timespan" => "00:01:00",
        "dynamic" => OutputMap.Of(),
        _ when column.Name.EndsWith("IP", StringComparison.Ordinal) || column.Name.Contains("IPAddress", StringComparison.OrdinalIgnoreCase) || column.Name.EndsWith("IpAddr", StringComparison.Ordinal) => "203.0.113.5",
        _ when column.Name.Contains("Upn", StringComparison.OrdinalIgnoreCase) || column.Name.Contains("UserPrincipalName", StringComparison.OrdinalIgnoreCase) => "user@contoso.com",
        _ when column.Name.EndsWith("Url", StringComparison.OrdinalIgnoreCase) => "https://contoso.com/",
        _ => column.Name,
    };

    /// <summary>The columns of tables that a query names, or the parts of them, each with what it is compared with, if anything.</summary>
    private static IEnumerable<(string Column, ImmutableArray<string> Steps, string? Value)> Parts(SyntaxNode? tree)
    {
        foreach (var node in tree?.SelfAndDescendants() ?? [])
        {
            if (node.OperatorText() is { } operation && node["Left"] is { } left && !node.Ancestors().Any(above => above.IsCall("not")) && Wanted(node, operation) is { } value)
            {
                var path = DynamicPath.Of(left);
                foreach (var origin in Origins(path.Steps.IsEmpty ? left : path.Root))
                {
                    yield return (origin, path.Steps, value);
                }
            }
            else if (node.Kind is "PathExpression" or "ElementExpression" && node.Parent is not { Kind: "PathExpression" or "ElementExpression" } && DynamicPath.Of(node) is { Steps.IsEmpty: false } part)
            {
                foreach (var origin in Origins(part.Root))
                {
                    yield return (origin, part.Steps, null);
                }
            }
        }
    }

    private static ImmutableHashSet<string> Origins(SyntaxNode node) => IsUnknown(node.Unwrapped()) ? [$"{Open}.{node.Unwrapped().Symbol!.Name}"] : node.Origins();

    private static bool IsUnknown(SyntaxNode node) => node.Symbol is { Kind: "Column", Type: "unknown", Origins.IsEmpty: true } symbol && !symbol.Sources.Any();

    private static IEnumerable<Column> Unknown(SyntaxNode? tree) => (tree?.SelfAndDescendants() ?? [])
        .Where(node => node.Kind == "NameReference" && IsUnknown(node))
        .Select(node => new Column(node.Symbol!.Name, node.Symbol.Name == Time ? "datetime" : Compared(node) ?? "string"));

    // The type of what a column is compared with, where that says one.
    private static string? Compared(SyntaxNode node) =>
        node.Parent is { } above && above.OperatorText() is not null && above["Left"] == node && above["Right"] is { ResultType: "long" or "int" or "real" or "bool" or "datetime" or "guid" } right ? right.ResultType
        : node.Parent is { Kind: "PathExpression" or "ElementExpression" } ? "dynamic"
        : null;

    // A value of the left side for which the comparison holds, or null where none is plain.
    private static string? Wanted(SyntaxNode comparison, string operation)
    {
        var value = comparison.Operands().Select(operand => operand.Unwrapped()).FirstOrDefault(operand => operand is { Value.Length: > 0 } && operand.Kind.EndsWith("LiteralExpression", StringComparison.Ordinal))?.Value
            ?? comparison.Operands().FirstOrDefault()?.Value;
        return operation switch
        {
            "==" or "=~" or "in" or "in~" or ">=" or "<=" or "has" or "has_cs" or "contains" or "contains_cs" or "startswith" or "startswith_cs" or "endswith" or "endswith_cs"
                or "has_any" or "hasprefix" or "hassuffix" or "hasprefix_cs" or "hassuffix_cs" => value,
            ">" when long.TryParse(value, CultureInfo.InvariantCulture, out var number) && number < long.MaxValue => (number + 1).ToString(CultureInfo.InvariantCulture),
            "<" when long.TryParse(value, CultureInfo.InvariantCulture, out var number) && number > long.MinValue => (number - 1).ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
    }
}
