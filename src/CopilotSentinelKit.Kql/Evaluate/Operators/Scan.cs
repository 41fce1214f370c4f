using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>scan: goes over rows in order and finds sequences of them that match steps. A row is held against the last step first.</summary>
internal static class Scan
{
    // Kusto.Language gives it whether or not with_match_id asks for one.
    private const string UnaskedColumn = "match_id";

    /// <summary>A step: whether a row matches it, and what it assigns to the declared columns.</summary>
    private sealed record Step(Evaluator Condition, (int Place, Evaluator Value)[] Assignments, bool IsShown);

    /// <summary>A sequence that has come to some step: the row of each step so far, and its number.</summary>
    private sealed record Sequence(Value[]?[] Rows, long Number);

    public static Relation Compile(Context context, SyntaxNode node, Relation input)
    {
        if (!input.IsSerialized)
        {
            throw context.UnknownForm(node, "scan over rows without an order: put sort or serialize before it");
        }

        if (node["OrderByClause"] is not null || node["PartitionByClause"] is not null)
        {
            throw context.UnknownForm(node, "scan with order by or partition by");
        }

        var declared = node["DeclareClause"]?.Items("Declarations").ToArray() ?? [];
        var added = declared.Select(declaration => DataTable.ColumnOf(context, declaration["NameAndType"]!)).ToArray();
        var defaults = declared.Select((declaration, i) => declaration["DefaultValue"] is { } otherwise
            ? ScalarCompiler.Compile(context, otherwise["Value"]!, Row.None).As(added[i].Type).Value
            : Joins.Nothing(new([added[i]]))[0]).ToArray();
        var schema = new Schema([.. input.Schema.Columns, .. added]);
        var nodes = node.Items("Steps").ToArray();
        var width = schema.Columns.Length;
        var row = new Row(schema) { Steps = nodes.Select((step, i) => (Name: step["Name"]!.Name(), Start: (i + 1) * width)).ToDictionary(step => step.Name, step => step.Start, StringComparer.Ordinal) };
        var steps = Array.ConvertAll(nodes, step => CompileStep(context, step, row));
        Value[] empty = [.. Joins.Nothing(new(input.Schema.Columns)), .. defaults];
        var id = node.Parameter("with_match_id")?.Name();
        if (id is null)
        {
            context.Surplus.Add(UnaskedColumn);
        }

        return new(id is null ? schema : new([.. schema.Columns, new(id, KqlType.Long)]), () => new Scanner(steps, empty, input.Schema.Columns.Length, id is not null).Read(input.Rows()), isSerialized: true);
    }

    private static Step CompileStep(Context context, SyntaxNode node, Row row)
    {
        var output = node["ScanStepOutput"]?["OutputKind"]?.Text ?? "all";
        return output is "all" or "none"
            ? new(
                ScalarCompiler.Compile(context, node["Condition"]!, row).As(KqlType.Bool).Evaluate,
                [.. node["ComputationClause"]?.Items("Assignments").Select(assignment =>
                {
                    var place = row.Schema.Find(assignment["Name"]!.Name());
                    return (place, ScalarCompiler.Compile(context, assignment["Expression"]!, row).As(row.Schema.Columns[place].Type).Evaluate);
                }) ?? []],
                output == "all")
            : throw context.UnknownForm(node, $"output={output} of a step");
    }

    /// <summary>One run over the rows.</summary>
    private sealed class Scanner(Step[] steps, Value[] empty, int inputWidth, bool showsNumber)
    {
        private readonly Sequence?[] _sequences = new Sequence?[steps.Length];
        private long _count;

        public IEnumerable<Value[]> Read(IEnumerable<Value[]> rows)
        {
            foreach (var row in rows)
            {
                for (var step = steps.Length - 1; step >= 0; step--)
                {
                    if (Match(step, row) is { } found && steps[step].IsShown)
                    {
                        yield return showsNumber ? [.. found, Value.Of(_sequences[step]!.Number)] : found;
                    }
                }
            }
        }

        // A sequence goes on to a step from the one before, or stays at it.
        private Value[]? Match(int step, Value[] row)
        {
            if (step > 0 && _sequences[step - 1] is { } before && steps[step].Condition(Wide(row, before)).IsTrue)
            {
                _sequences[step - 1] = null;
                return Advance(step, row, before);
            }

            var own = _sequences[step] ?? (step == 0 ? new Sequence(new Value[]?[steps.Length], _count) : null);
            if (own is null || !steps[step].Condition(Wide(row, own)).IsTrue)
            {
                return null;
            }

            _count += _sequences[step] is null ? 1 : 0;
            return Advance(step, row, own);
        }

        private Value[] Advance(int step, Value[] row, Sequence sequence)
        {
            var wide = Wide(row, sequence);
            var extended = wide[..empty.Length];
            foreach (var (place, value) in steps[step].Assignments)
            {
                extended[place] = value(wide);
            }

            Value[]?[] rows = [.. sequence.Rows];
            rows[step] = extended;
            _sequences[step] = sequence with { Rows = rows };
            return extended;
        }

        /// <summary>A row with the defaults of the declared columns, and behind it the rows of all steps.</summary>
        private Value[] Wide(Value[] row, Sequence sequence)
        {
            var wide = new Value[empty.Length * (steps.Length + 1)];
            empty.CopyTo(wide, 0);
            row.AsSpan(0, inputWidth).CopyTo(wide);
            for (var step = 0; step < steps.Length; step++)
            {
                (sequence.Rows[step] ?? empty).CopyTo(wide, (step + 1) * empty.Length);
            }

            return wide;
        }
    }
}
