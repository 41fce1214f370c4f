using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Generate;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Pack;

namespace CopilotSentinelKit.Testing;

/// <summary>What parsers return for the rows of a replay, worked out once for each choice of rows: hundreds of runs see the same few records, and a parser
/// is by far the longest part of a rule. A parser's times only choose among the rows of its sources, so what it returns follows from the rows they leave.</summary>
/// <param name="workspace">Every row of the replay, with the time at which it arrives.</param>
/// <param name="parsers">The parsers that this holds for, and the tables that each reads.</param>
internal sealed class ReplayedParsers(EvaluationWorkspace workspace, ImmutableDictionary<string, ImmutableHashSet<string>> parsers)
{
    private const string Start = ParserGenerator.Start;
    private const string End = ParserGenerator.End;
    private const string Time = "TimeGenerated";

    private readonly Dictionary<string, EvaluationTable?> _known = new(StringComparer.Ordinal);

    /// <summary>The parsers among functions that a mapping has and that read no clock and use their times for nothing else, with the tables that they read:
    /// a project may have templates of its own for them.</summary>
    public static ImmutableDictionary<string, ImmutableHashSet<string>> Of(Mapping mapping, ImmutableArray<EvaluationFunction> functions) =>
        mapping.Sources.Any(source => source.TimeColumn != Time) ? ImmutableDictionary<string, ImmutableHashSet<string>>.Empty
        : mapping.Parsers.Select(parser => parser.Name.Value).Select(name => (Name: name, Bodies: Bodies(name, functions)))
            .Where(parser => !parser.Bodies.IsEmpty && parser.Bodies.All(OnlyChooses))
            .ToImmutableDictionary(parser => parser.Name, parser => parser.Bodies.SelectMany(body => body.Body.Tables).ToImmutableHashSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>What a run sees, with parsers that answer from what is known.</summary>
    /// <param name="now">When the run is, UTC.</param>
    /// <param name="period">How far back it sees, or null for everything.</param>
    public EvaluationWorkspace At(DateTime now, TimeSpan? period)
    {
        var seen = VisibleRows.At(workspace, now, period);
        return parsers.IsEmpty ? seen : seen with
        {
            Functions = [.. seen.Functions.Select(function => parsers.ContainsKey(function.Function.Name) ? function with { Known = given => Rows(function, given, now, period) } : function)],
        };
    }

    // Null when the call gives another argument, and when the parser itself stops: its body then says why.
    private EvaluationTable? Rows(EvaluationFunction function, ImmutableDictionary<string, Value> given, DateTime now, TimeSpan? period)
    {
        if (given.Keys.Any(name => name is not (Start or End)))
        {
            return null;
        }

        var reads = parsers[function.Function.Name];
        var chosen = workspace.Tables.Where(table => reads.Contains(table.Name) && !table.Rows.IsEmpty)
            .Select(table => (Table: table, Places: Chosen(table, given.GetValueOrDefault(Start), given.GetValueOrDefault(End), now, period))).ToImmutableArray();
        var key = function.Function.Name + string.Concat(chosen.Select(part => $"|{part.Table.Name} {string.Join(' ', part.Places.Select(place => place.ToString(CultureInfo.InvariantCulture)))}"));
        if (!_known.TryGetValue(key, out var rows))
        {
            var cut = workspace with { Now = now, Tables = [.. workspace.Tables.Select(table => chosen.FirstOrDefault(part => part.Table == table) is { Table: not null } part ? table.Part(part.Places) : table)] };
            _known.Add(key, rows = Run(function, cut));
        }

        return rows;
    }

    private static EvaluationTable? Run(EvaluationFunction function, EvaluationWorkspace cut)
    {
        var compiled = CompiledQuery.Compile(function, cut, CancellationToken.None);
        if (compiled.Refusal is not null)
        {
            return null;
        }

        try
        {
            var result = compiled.Run();
            return new(function.Function.Name, result.Columns, result.Rows);
        }
        catch (EvaluationException)
        {
            return null;
        }
    }

    private static ImmutableArray<int> Chosen(EvaluationTable table, Value start, Value end, DateTime now, TimeSpan? period)
    {
        var time = VisibleRows.TimeOf(table.Columns);
        return [.. VisibleRows.PlacesAt(table, now, period).Where(place =>
            (start.IsNull || (!table.Rows[place][time].IsNull && table.Rows[place][time].Bits >= start.Bits)) && (end.IsNull || (!table.Rows[place][time].IsNull && table.Rows[place][time].Bits < end.Bits)))];
    }

    /// <summary>A function and all that it calls; empty when one of them has no body.</summary>
    private static ImmutableArray<EvaluationFunction> Bodies(string name, ImmutableArray<EvaluationFunction> functions)
    {
        var found = new List<EvaluationFunction>();
        var waiting = new Queue<string>([name]);
        while (waiting.TryDequeue(out var next))
        {
            if (functions.FirstOrDefault(function => function.Function.Name == next) is not { Body.Tree: not null } function)
            {
                return [];
            }

            if (!found.Contains(function))
            {
                found.Add(function);
                function.Body.Functions.ToList().ForEach(waiting.Enqueue);
            }
        }

        return [.. found];
    }

    // "isnull(starttime) or TimeGenerated >= starttime", and the times passed on as they are.
    private static bool OnlyChooses(EvaluationFunction function)
    {
        var nodes = function.Body.Tree!.SelfAndDescendants().ToList();
        return nodes.Count(IsTime) == nodes.Sum(Choices) && !nodes.Any(node => node.IsCall("now", "ago"));
    }

    private static bool IsTime(SyntaxNode node) => node.Kind == "NameReference" && node.Name() is Start or End;

    /// <summary>How many mentions of the times in a node only choose rows.</summary>
    private static int Choices(SyntaxNode node) => node.Kind switch
    {
        "FunctionCallExpression" when node.IsCall("isnull") => QuerySyntax.Arguments(node).Count(IsTime),
        "FunctionCallExpression" when node.ResultType == "table" => QuerySyntax.Arguments(node).Zip([Start, End]).Count(pair => IsTime(pair.First) && pair.First.Name() == pair.Second),
        "SimpleNamedExpression" => IsTime(node["Expression"]!) && node["Name"]!.Name() == node["Expression"]!.Name() ? 1 : 0,
        "GreaterThanOrEqualExpression" or "LessThanExpression" => node["Left"] is { Kind: "NameReference" } left && left.Name() == Time && IsTime(node["Right"]!) ? 1 : 0,
        _ => 0,
    };
}
