using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Analyze;

/// <summary>How far what is not known of a table reaches through a query: the rest of its statement, and every statement that names a
/// variable it went into. What Kusto.Language says there may be wrong.</summary>
internal sealed partial class Doubt
{
    private readonly ImmutableArray<(int Start, int End)> _ranges;

    /// <param name="tree">The query's tree; without one, the query counts as one statement.</param>
    /// <param name="kql">The query.</param>
    /// <param name="causes">Where names stand that are not known.</param>
    public Doubt(SyntaxNode? tree, string kql, IEnumerable<int> causes)
    {
        var places = causes.ToImmutableArray();
        var statements = (tree is null ? [] : Statements(tree)).Select(node => (Node: (SyntaxNode?)node, node.Start, node.End)).ToImmutableArray();
        if (statements.IsEmpty)
        {
            statements = [(null, 0, kql.Length)];
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var ranges = ImmutableArray.CreateBuilder<(int, int)>();
        foreach (var (node, start, end) in statements)
        {
            var last = Math.Min(end, kql.Length);
            var from = places.Where(place => place >= start && place < end)
                .Concat(names.Count == 0 ? [] : Word().Matches(kql[Math.Min(start, last)..last]).Where(match => names.Contains(match.Value)).Select(match => start + match.Index))
                .DefaultIfEmpty(-1).Min();
            ReachesResult = from >= 0;
            if (from >= 0)
            {
                ranges.Add((from, end));
                if (node is { Kind: "LetStatement" } && Let().Match(kql[start..last]) is { Success: true } let)
                {
                    names.Add(let.Groups[1].Value);
                }
            }
        }

        _ranges = ranges.DrainToImmutable();
    }

    /// <summary>Whether it reaches the last statement, so that the result may have any columns.</summary>
    public bool ReachesResult { get; }

    /// <summary>Whether an offset is where it reaches.</summary>
    public bool Covers(int offset) => _ranges.Any(range => offset >= range.Start && offset <= range.End);

    private static IEnumerable<SyntaxNode> Statements(SyntaxNode node) =>
        node.Kind.EndsWith("Statement", StringComparison.Ordinal) ? [node] : node.Children.SelectMany(Statements);

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"\Alet\s+(\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Let();
}
