using System.Text;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Operators;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Backtest;

/// <summary>A query with all that it reads of a workspace in one text: tables and watchlists as literals, functions as let statements, the
/// clock as a constant. Whatever runs it needs no table, and gives what the query gives over the workspace.</summary>
internal sealed class EngineScript
{
    private readonly EvaluationWorkspace _workspace;
    private readonly Dictionary<string, KqlText> _functions = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly HashSet<string> _declared;
    private readonly ScriptTables _tables = new();
    private KqlText _current;

    private EngineScript(KqlText query, EvaluationWorkspace workspace)
    {
        (_workspace, _current) = (workspace, query);
        Visit(query, []);
        _declared = [.. _functions.Values.Append(query).SelectMany(text => text.Tree.OfKind("NameDeclaration")).Select(node => node.Name())];
    }

    /// <summary>The script of a query.</summary>
    /// <exception cref="NotSendableException">Something in it cannot be written so that it means exactly the same.</exception>
    public static string Of(EngineQuery query, EvaluationWorkspace workspace)
    {
        var text = KqlText.Of("", query.Analysis);
        return new EngineScript(text, workspace).Write(text);
    }

    private string Write(KqlText query)
    {
        var target = new QueryTarget(KqlLiteral.Of(_workspace.Now), Replace) { HasIngestionColumn = true };
        var functions = new StringBuilder();
        foreach (var name in _order)
        {
            _current = _functions[name];
            functions.Append("let ").Append(NameOf(name)).Append(" = (").Append(Parameters(name)).Append(") {\n").Append(QueryRewriter.Rewrite(_current, target)).Append("\n};\n");
        }

        _current = query;
        var text = QueryRewriter.Rewrite(query, target);
        return _tables.Text + functions + text;
    }

    /// <summary>Finds the functions that are called, each after those that it calls.</summary>
    private void Visit(KqlText text, HashSet<string> open)
    {
        foreach (var reference in text.References)
        {
            var isCall = reference.Kind is ReferenceKind.Function or ReferenceKind.BareFunction;
            if (isCall && open.Contains(reference.Name))
            {
                throw text.NotRewritable(reference.Node, "functions that call one another in a circle");
            }

            var function = isCall || reference.Kind == ReferenceKind.Unbound ? Find(reference.Name) : null;
            if (isCall && function is null)
            {
                throw text.Fault(reference.Node, span => RemoteFindings.UnknownBody(span, reference.Name));
            }

            if (function is not null && _functions.TryAdd(reference.Name, null!))
            {
                _functions[reference.Name] = KqlText.Of(reference.Name, function.Body);
                Visit(_functions[reference.Name], [.. open, reference.Name]);
                _order.Add(reference.Name);
            }
        }
    }

    private EvaluationFunction? Find(string name) => _workspace.Functions.FirstOrDefault(function => function.Function.Name == name && function.Body.Tree is not null);

    private string Parameters(string name)
    {
        var parameters = Find(name)!.Function.Parameters;
        return string.Join(", ", (parameters.IsDefault ? [] : parameters).Select(parameter =>
            KqlTypes.Find(parameter.Type) is { } type && Literals.Read(type, parameter.Default) is not null
                ? $"{parameter.Name}:{parameter.Type}={parameter.Default}"
                : throw _current.NotRewritable(_current.Tree, $"the default \"{parameter.Default}\" of the parameter \"{parameter.Name}\"")));
    }

    private string? Replace(KqlReference reference) => reference.Kind switch
    {
        ReferenceKind.Table => Table(reference),
        ReferenceKind.Pattern => Pattern(reference),
        ReferenceKind.Function => NameOf(reference.Name),
        ReferenceKind.BareFunction => NameOf(reference.Name) + "()",
        ReferenceKind.Watchlist => _workspace.Watchlists.FirstOrDefault(list => list.Name == reference.Name) is { } list
            ? Declare("Watchlist_" + reference.Name, list, reference)
            : throw _current.Fault(reference.Node, span => RemoteFindings.NoRows(span, reference.Name)),
        _ => Unbound(reference),
    };

    private string Table(KqlReference reference)
    {
        if (_workspace.Tables.FirstOrDefault(table => table.Name == reference.Name) is { } found)
        {
            return Declare(reference.Name, found, reference);
        }

        // A fuzzy union goes on without a table that is not there; its columns stay those that Kusto.Language has bound.
        return IsOptional(reference.Node) && reference.Node.Columns is { } columns && columns.All(column => KqlTypes.Find(column.Type) is not null)
            ? $"(datatable({string.Join(", ", columns.Select(column => $"{KqlLiteral.Name(column.Name)}:{column.Type}"))})[])"
            : throw _current.Fault(reference.Node, span => RemoteFindings.NoRows(span, reference.Name));
    }

    private string Pattern(KqlReference reference)
    {
        var names = _workspace.Tables.Where(table => ColumnItems.Wildcard(table.Name, reference.Name)).Select(table => Declare(table.Name, table, reference)).ToList();
        return names.Count > 0 ? string.Join(", ", names) : throw _current.Fault(reference.Node, span => RemoteFindings.NoRows(span, reference.Name));
    }

    /// <summary>A name that may be a column: what a table or function of that name is, it is where the endpoint binds it.</summary>
    private string? Unbound(KqlReference reference)
    {
        if (_workspace.Tables.FirstOrDefault(table => table.Name == reference.Name) is { } table)
        {
            Declare(reference.Name, table, reference);
        }
        else if (!_functions.ContainsKey(reference.Name))
        {
            return IsMember(reference.Node) ? throw _current.Fault(reference.Node, span => RemoteFindings.NoRows(span, reference.Name)) : null;
        }

        return _declared.Contains(reference.Name) ? throw _current.NotRewritable(reference.Node, $"the name \"{reference.Name}\" with two meanings") : null;
    }

    /// <summary>The name that a table has in the script.</summary>
    private string Declare(string name, EvaluationTable table, KqlReference reference)
    {
        if (_tables.Fault(table) is { } column)
        {
            throw _current.Fault(reference.Node, span => RemoteFindings.NoLiteral(span, table.Name, column));
        }

        return _tables.Declare(NameOf(name), table, reference.WithIngestionTime);
    }

    /// <summary>A name as KQL takes it, and another one where the query declares something of that name itself.</summary>
    private string NameOf(string name)
    {
        var free = name;
        while (_declared.Contains(free))
        {
            free += "_";
        }

        return KqlLiteral.Name(free) ?? throw _current.NotRewritable(_current.Tree, $"the name \"{name}\"");
    }

    /// <summary>Whether it is what a member of a union reads: a table that Kusto.Language does not know.</summary>
    private static bool IsMember(SyntaxNode node)
    {
        while (node.Parent is { Kind: "ParenthesizedExpression" or "PipeExpression" } parent && parent["Expression"] == node)
        {
            node = parent;
        }

        return node.Parent is { Kind: "SeparatedElement", Parent.Parent.Kind: "UnionOperator" };
    }

    private static bool IsOptional(SyntaxNode node) =>
        node.Ancestors().TakeWhile(above => above.Kind != "FunctionDeclaration").Any(above => above.Kind == "UnionOperator" && above.Word("isfuzzy", "false") == "true");
}
