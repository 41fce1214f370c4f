
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Backtest;

/// <summary>Why a query cannot be sent.</summary>
internal sealed class NotSendableException(string source, Finding finding) : Exception(finding.Message)
{
    /// <summary>The finding; its place is in the KQL.</summary>
    public Finding Finding => finding;

    /// <summary>The same for an engine.</summary>
    public QueryProblem Problem => new(finding.Code, source, finding.Span.Start, finding.Span.Length, finding.Message, NotRunnable: true);
}

/// <summary>The KQL of a query or of a function's body, bound, with what it refers to outside of itself.</summary>
internal sealed class KqlText
{
    // A body that takes tables of any columns has unbound columns; the endpoint binds them where it is called.
    private const string UnboundColumn = "KS142";
    private readonly SourceFile _file;

    private KqlText(string source, SyntaxNode tree)
    {
        (Source, Tree) = (source, tree);
        _file = new(source.Length == 0 ? "query" : source, tree.Tree.Text);
    }

    /// <summary>The function whose body it is; empty for the query itself.</summary>
    public string Source { get; }

    /// <summary>The bound tree.</summary>
    public SyntaxNode Tree { get; }

    /// <summary>The text.</summary>
    public string Text => _file.Text;

    /// <summary>What gives the rows.</summary>
    public SyntaxNode Result { get; private init; } = null!;

    /// <summary>What it refers to, in source order.</summary>
    public IReadOnlyList<KqlReference> References { get; private init; } = [];

    /// <summary>A query or body.</summary>
    /// <exception cref="NotSendableException">It has errors, or a form that only the place it was written for understands.</exception>
    public static KqlText Of(string source, KqlAnalysis analysis)
    {
        var tree = analysis.Tree ?? throw new ArgumentException("The analysis has no tree.", nameof(analysis));
        var text = new KqlText(source, tree);
        if (analysis.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == "Error" && diagnostic.Code != UnboundColumn) is { } error)
        {
            throw new NotSendableException(source, RemoteFindings.WrongQuery(new(text._file, error.Start, error.Length), error.Message));
        }

        var statements = tree["Statements"].Members().ToList();
        if (statements.Find(statement => statement.Kind is not ("LetStatement" or "ExpressionStatement")) is { } other)
        {
            throw text.NotRewritable(other, $"a statement of the kind {other.Kind}");
        }

        return statements.Count(statement => statement.Kind == "ExpressionStatement") == 1 && tree.Result() is { } result
            ? new KqlText(source, tree) { Result = result, References = [.. KqlReferences.Of(text, [.. analysis.Functions])] }
            : throw text.NotRewritable(tree, "no single expression as its last statement");
    }

    public NotSendableException NotRewritable(SyntaxNode node, string what) => new(Source, RemoteFindings.NotRewritable(At(node), what));

    public NotSendableException Fault(SyntaxNode node, Func<SourceSpan, Finding> finding) => new(Source, finding(At(node)));

    private SourceSpan At(SyntaxNode node) => new(_file, node.Start, node.Length);
}
