using System.Text;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Backtest;

/// <summary>A detection as a function of the time at which it runs, over the real tables of a workspace: its clock is a parameter, each table
/// is cut to what a run of that time would have seen, and its parsers stand in it, since the workspace may not have them.</summary>
internal sealed class BacktestScript
{
    /// <summary>The function that a script declares.</summary>
    public const string Function = "Csk_Detection";

    private const string From = "CskFrom";
    private const string Now = "CskNow";
    private const string Seen = "CskSeen";

    // What is later than that Sentinel does not pass to an NRT rule at all.
    private const string LatestOfNrt = "12h";

    private readonly IReadOnlyDictionary<string, (ParserFunction Parser, KqlText Text)> _parsers;
    private readonly List<string> _order = [];
    private readonly HashSet<string> _declared;
    private readonly BacktestKind _kind;
    private KqlText _current;

    private BacktestScript(KqlText query, BacktestKind kind, IReadOnlyDictionary<string, (ParserFunction Parser, KqlText Text)> parsers)
    {
        (_current, _kind, _parsers) = (query, kind, parsers);
        Visit(query);
        _declared = [.. query.Tree.OfKind("NameDeclaration").Select(node => node.Name())];
    }

    /// <summary>The script of a rule or hunt.</summary>
    /// <param name="query">Its query.</param>
    /// <param name="kind">How it is run.</param>
    /// <param name="parsers">The parsers whose bodies are known, by name.</param>
    /// <exception cref="NotSendableException">Something in it cannot be moved to another time so that it means the same.</exception>
    public static string Of(KqlText query, BacktestKind kind, IReadOnlyDictionary<string, (ParserFunction Parser, KqlText Text)> parsers) =>
        new BacktestScript(query, kind, parsers).Write(query);

    /// <summary>A query of several runs: for each the number of rows by the values of the entities' columns.</summary>
    public static string Request(BacktestDetection detection, IEnumerable<DateTime> runs, TimeSpan delay)
    {
        var by = detection.Columns.IsEmpty ? "" : " by " + string.Join(", ", detection.Columns.Select((column, i) => FormattableString.Invariant($"Csk{i} = tostring({KqlLiteral.Name(column.Column)})")));
        var all = runs.Select(run =>
            $"({Function}({KqlLiteral.Of(run - detection.Window)}, {KqlLiteral.Of(run)}, {KqlLiteral.Of(run + delay)}) | summarize CskRows = count(){by} | extend CskRun = {KqlLiteral.Of(run)})").ToList();
        return detection.Script + (all is [var single] ? single : "union\n" + string.Join(",\n", all));
    }

    private string Write(KqlText query)
    {
        var target = new QueryTarget(Now, Replace) { DropsRender = true };
        var text = new StringBuilder("let ").Append(Function).Append(" = (").Append(string.Join(", ", new[] { From, Now, Seen }.Select(name => name + ":datetime"))).Append(") {\n");
        foreach (var name in _order)
        {
            _current = _parsers[name].Text;
            text.Append("let ").Append(name).Append(" = (").Append(_parsers[name].Parser.ParameterList).Append(") {\n").Append(QueryRewriter.Rewrite(_current, target)).Append("\n};\n");
        }

        _current = query;
        return text.Append(QueryRewriter.Rewrite(query, target)).Append("\n};\n").ToString();
    }

    private void Visit(KqlText text)
    {
        foreach (var name in text.References.Where(reference => reference.Kind is ReferenceKind.Function or ReferenceKind.BareFunction).Select(reference => reference.Name))
        {
            if (!_order.Contains(name) && _parsers.TryGetValue(name, out var parser))
            {
                Visit(parser.Text);
                _order.Add(name);
            }
        }
    }

    private string? Replace(KqlReference reference)
    {
        switch (reference.Kind)
        {
            case ReferenceKind.Table:
                return HasTime(reference.Node) ? Cut(reference.Node.Source) : null;
            case ReferenceKind.Pattern:
                throw _current.NotRewritable(reference.Node, "a pattern of tables, whose times cannot be limited");
            case ReferenceKind.Function or ReferenceKind.BareFunction when !_parsers.ContainsKey(reference.Name):
                throw _current.Fault(reference.Node, span => RemoteFindings.UnknownBody(span, reference.Name));
            case ReferenceKind.Function or ReferenceKind.BareFunction when _declared.Contains(reference.Name):
                throw _current.NotRewritable(reference.Node, $"the name \"{reference.Name}\" with two meanings");
            case ReferenceKind.BareFunction:
                return reference.Name + "()";
            default:
                return null;
        }
    }

    private static bool HasTime(SyntaxNode table) => table.Columns?.Any(column => column is { Name: "TimeGenerated", Type: "datetime" }) == true;

    private string Cut(string table) => _kind == BacktestKind.Nrt
        ? $"({table} | where TimeGenerated > {From} - {LatestOfNrt} and ingestion_time() > {From} and ingestion_time() <= {Now})"
        : $"({table} | where TimeGenerated >= {From} and TimeGenerated <= {Now} and (isnull(ingestion_time()) or ingestion_time() <= {Seen}))";
}
