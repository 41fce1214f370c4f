using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>A check of a query's bound tree.</summary>
internal delegate IEnumerable<Finding> Lint(LintedQuery query);

/// <summary>A query whose tree is checked.</summary>
/// <param name="Item">What it belongs to.</param>
/// <param name="Query">Its text and places.</param>
/// <param name="Analysis">What Kusto.Language says of it.</param>
/// <param name="Root">Its tree.</param>
/// <param name="Context">What checks may look up.</param>
internal sealed record LintedQuery(ContentItem Item, Query Query, KqlAnalysis Analysis, SyntaxNode Root, ValidationContext Context)
{
    private readonly Lazy<Pipeline?> _result = new(() => Root.Result() is { } result ? Pipeline.Of(result) : null);

    /// <summary>All nodes in source order, without tokens.</summary>
    public ImmutableArray<SyntaxNode> Nodes { get; } = [.. Root.SelfAndDescendants().Where(node => node.Text is null)];

    /// <summary>What the query returns, as a pipeline; null when it has no result.</summary>
    public Pipeline? Result => _result.Value;

    /// <summary>Whether an analytics rule runs it.</summary>
    public bool IsRule => Item is AnalyticsRule;

    /// <summary>Whether it runs every minute over what arrived in that minute.</summary>
    public bool IsNrt => Item is AnalyticsRule { Kind.Value: RuleKind.Nrt };

    /// <summary>The nodes of some kinds.</summary>
    public IEnumerable<SyntaxNode> OfKind(params string[] kinds) => Nodes.Where(node => kinds.Contains(node.Kind));

    /// <summary>The calls of some functions.</summary>
    public IEnumerable<SyntaxNode> Calls(params string[] names) => Nodes.Where(node => node.IsCall(names));

    /// <summary>Where a node was written.</summary>
    public SourceSpan At(SyntaxNode node) => Query.Locate(node.Start, node.Length);

    /// <summary>A fix that writes other text in place of ranges of the KQL; null where that text does not stand in the file as it is:
    /// rendered values, escaped characters.</summary>
    public TextFix? Fix(string title, params ReadOnlySpan<(int Start, int End, string Text)> edits)
    {
        var mapped = ImmutableArray.CreateBuilder<TextEdit>(edits.Length);
        foreach (var (start, end, text) in edits)
        {
            // Where nothing is taken away, the character before shows whether the place is exact.
            var from = start == end ? start - 1 : start;
            var span = Query.Locate(from, end - from);
            if (span.Length != end - from || span.Text != Query.Text[from..end])
            {
                return null;
            }

            mapped.Add(new(start == end ? new(span.File, span.Start + 1, 0) : span, text));
        }

        return new(title, mapped.MoveToImmutable());
    }

    /// <summary>A fix that takes the last operator of a pipe away, unless a comment would go with it.</summary>
    public TextFix? FixByRemoving(string title, SyntaxNode step)
    {
        if (step.Parent is not { Kind: "PipeExpression" } pipe || pipe["Expression"] is not { } input)
        {
            return null;
        }

        return Query.Text[input.End..step.End].Contains("//", StringComparison.Ordinal) ? null : Fix(title, (input.End, step.End, ""));
    }
}
