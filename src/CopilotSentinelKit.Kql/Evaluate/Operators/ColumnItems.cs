using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>A column that an operator computes.</summary>
/// <param name="Name">The name that it asks for; null when it has none.</param>
/// <param name="Value">Computes it.</param>
internal sealed record ColumnItem(string? Name, Expression Value)
{
    /// <summary>What it reads of the row.</summary>
    public Places Reads { get; init; } = Places.All;
}

/// <summary>The list of expressions of project, extend, distinct and so on.</summary>
internal static class ColumnItems
{
    public static ImmutableArray<ColumnItem> Compile(Context context, IEnumerable<SyntaxNode> nodes, Row row) =>
        [.. nodes.SelectMany(node => Read(context, node, row))];

    private static IEnumerable<ColumnItem> Read(Context context, SyntaxNode node, Row row)
    {
        var (items, reads) = row.Reading(() => Compile(context, node, row).ToArray());
        return items.Select(item => item with { Reads = item.Value.Place is >= 0 and var place ? Places.Of(place) : reads });
    }

    private static IEnumerable<ColumnItem> Compile(Context context, SyntaxNode node, Row row)
    {
        var expression = node.Kind is "SimpleNamedExpression" or "CompoundNamedExpression" ? node["Expression"]! : node;
        if (expression.Kind == "StarExpression" || expression.Symbol is { Kind: "Group" })
        {
            return Matching(context, expression, row.Schema).Select(place => new ColumnItem(row.Schema.Columns[place].Name, row.Column(place)));
        }

        if (TupleFunctions.Find(expression) is { } function)
        {
            var parts = function.Compile(new Call(context, expression, function.Name, row, expression.Arguments()).Checked(function.Signature)).ToList();
            if (node.Kind == "SimpleNamedExpression")
            {
                // One name takes the first value only, whatever Kusto.Language makes of the others.
                context.Surplus.UnionWith(parts.Skip(1).Select(part => part.Name));
                return [new(node["Name"]!.Name(), parts[0].Value)];
            }

            string[] names = node.Kind == "CompoundNamedExpression" ? [.. node["Names"]!.Items("Names").Select(part => part.Name())] : [];
            return parts.Select((part, i) => new ColumnItem(i < names.Length ? names[i] : part.Name, part.Value));
        }

        return node.Kind == "CompoundNamedExpression"
            ? throw context.UnknownForm(node, "several names for one value")
            : [new(ColumnNames.Of(node), ScalarCompiler.Compile(context, expression, row))];
    }

    /// <summary>The places of the columns that a star, a pattern such as N*, or a name means.</summary>
    public static IEnumerable<int> Matching(Context context, SyntaxNode node, Schema schema)
    {
        if (node.Kind == "OrderedExpression")
        {
            node = node["Expression"]!;
        }

        var pattern = node.Kind == "StarExpression" ? "*" : string.Concat(node.SelfAndDescendants().Select(part => part.Text));
        if (!pattern.Contains('*', StringComparison.Ordinal))
        {
            var place = schema.Find(node.Name());
            return place >= 0 ? [place] : throw context.UnknownForm(node, $"the column \"{node.Name()}\" here");
        }

        return Enumerable.Range(0, schema.Columns.Length).Where(place => Wildcard(schema.Columns[place].Name, pattern));
    }

    /// <summary>Whether a name matches a pattern with stars.</summary>
    public static bool Wildcard(string name, string pattern)
    {
        var parts = pattern.Split('*');
        if (!name.StartsWith(parts[0], StringComparison.Ordinal) || name.Length < parts[0].Length + parts[^1].Length || !name.EndsWith(parts[^1], StringComparison.Ordinal))
        {
            return false;
        }

        var at = parts[0].Length;
        foreach (var part in parts[1..^1])
        {
            at = name.IndexOf(part, at, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            at += part.Length;
        }

        return at <= name.Length - parts[^1].Length;
    }
}
