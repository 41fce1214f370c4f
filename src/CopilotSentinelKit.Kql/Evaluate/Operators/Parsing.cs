
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>parse, parse-where and parse-kv.</summary>
internal static class Parsing
{
    public static Relation Parse(Context context, SyntaxNode node, Relation input) => Parse(context, node, input, isFilter: false);

    public static Relation ParseWhere(Context context, SyntaxNode node, Relation input) => Parse(context, node, input, isFilter: true);

    public static Relation ParseKeyValues(Context context, SyntaxNode node, Relation input)
    {
        var source = new Row(input.Schema);
        var text = ScalarCompiler.Compile(context, node["Expression"]!, source).As(KqlType.String).Evaluate;
        var columns = DataTable.SchemaOf(context, node["Keys"]!).Columns;
        var properties = node["WithClause"]?.Items("Properties").ToList() ?? [];
        string[] Properties(string name) =>
            [.. properties.Where(property => property["Name"]!.Name() == name).Select(property => ScalarCompiler.CompileKnown(context, property["Expression"]!, $"the {name} of parse-kv").Text)];
        string? Property(string name) => Properties(name).FirstOrDefault();
        var known = new[] { "pair_delimiter", "kv_delimiter", "quote", "escape", "regex" };
        if (properties.FirstOrDefault(property => !known.Contains(property["Name"]!.Name())) is { } other)
        {
            throw context.UnknownForm(other, $"parse-kv with {other["Name"]!.Name()}");
        }

        if (Properties("quote").Any(quote => quote.Length is 0 or > 2) || Properties("escape").Any(escape => escape.Length != 1))
        {
            throw context.UnknownForm(node, "parse-kv with quotes of more than two characters, or escapes of more than one");
        }

        Func<string, IEnumerable<(string Key, string Value)>> pairs;
        if (Property("regex") is { } pattern)
        {
            var regex = Patterns.Read(context, node, pattern);
            pairs = value => regex.Matches(value).Select(match => (match.Group(1), match.Group(2)));
        }
        else
        {
            var reader = new KeyValueReader(
                Property("pair_delimiter") ?? throw context.UnknownForm(node, "parse-kv without pair_delimiter"),
                Property("kv_delimiter") ?? throw context.UnknownForm(node, "parse-kv without kv_delimiter"),
                Properties("quote"),
                string.Concat(Properties("escape")));
            pairs = reader.Read;
        }

        return Added(input, columns, source.Reads, row =>
        {
            var found = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (key, value) in pairs(text(row).Text))
            {
                found.TryAdd(key.Trim(), value.Trim());
            }

            return [.. columns.Select(column => found.TryGetValue(column.Name, out var value) ? Conversion.To(column.Type, Value.Of(value)) : column.Type == KqlType.String ? Value.Empty : Value.Null)];
        });
    }

    private static Relation Parse(Context context, SyntaxNode node, Relation input, bool isFilter)
    {
        var kind = node.Word("kind", "simple");
        if (kind is not ("simple" or "relaxed" or "regex"))
        {
            throw context.UnknownForm(node, $"parse kind={kind}");
        }

        var source = new Row(input.Schema);
        var text = ScalarCompiler.Compile(context, node["Expression"]!, source).As(KqlType.String).Evaluate;
        var pattern = ParsePattern.Compile(context, node);
        SchemaColumn[] columns = [.. pattern.Columns.Select(column => column.Column)];
        var none = Array.ConvertAll(columns, column => column.Type == KqlType.String ? Value.Empty : Value.Null);
        return Added(input, columns, source.Reads, row => pattern.Read(text(row).Text, kind == "relaxed") ?? (isFilter ? null : none));
    }

    /// <summary>Rows with the columns that a text gives; those without any are left out.</summary>
    private static Relation Added(Relation input, IReadOnlyList<SchemaColumn> added, Places reads, Func<Value[], Value[]?> read)
    {
        var columns = input.Schema.Columns.ToList();
        var places = new int[added.Count];
        for (var i = 0; i < places.Length; i++)
        {
            var place = columns.FindIndex(column => column.Name == added[i].Name);
            places[i] = place < 0 ? columns.Count : place;
            if (place < 0)
            {
                columns.Add(added[i]);
            }
            else
            {
                columns[place] = added[i];
            }
        }

        var schema = new Schema(columns, input.Schema.HasIngestionTime);
        var width = input.Schema.Columns.Length;
        var plans = new Asked<Places>(needed => Places.Of(needed.Below(width).Except(places)).With(reads));
        return input with { Schema = schema, Read = Rows };

        IEnumerable<Value[]> Rows(Places needed)
        {
            foreach (var row in input.Read(plans.For(needed)))
            {
                if (read(row) is not { } values)
                {
                    continue;
                }

                var result = new Value[schema.Width];
                row.AsSpan(0, width).CopyTo(result);
                for (var i = 0; i < values.Length; i++)
                {
                    result[places[i]] = values[i];
                }

                if (schema.HasIngestionTime)
                {
                    result[^1] = row[^1];
                }

                yield return result;
            }
        }
    }
}
