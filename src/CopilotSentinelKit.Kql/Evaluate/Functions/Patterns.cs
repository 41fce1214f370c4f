using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Matching;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>The regular expressions of a query, which must be constants.</summary>
internal static class Patterns
{
    // The same tree is compiled against many workspaces, and of all that is done then reading regular expressions takes the longest.
    private static readonly ConditionalWeakTable<SyntaxNode, ConcurrentDictionary<string, Pattern>> Known = [];

    /// <summary>A pattern that is a constant.</summary>
    /// <param name="context">Where it is.</param>
    /// <param name="node">The expression of it.</param>
    /// <param name="pattern">The same, compiled.</param>
    /// <param name="around">What is put around it; null for nothing.</param>
    public static Func<Pattern> Compile(Context context, SyntaxNode node, Expression pattern, Func<string, string>? around = null)
    {
        if (!pattern.IsConstant)
        {
            throw context.NotConstant(node, "a regular expression");
        }

        var text = pattern.As(KqlType.String);
        if (text.IsKnown)
        {
            var known = Read(context, node, text.Value.Text, around);
            return () => known;
        }

        var late = new Lazy<Pattern>(
            () =>
            {
                try
                {
                    return Of(node, text.Value.Text, around);
                }
                catch (PatternException wrong)
                {
                    throw new EvaluationException($"The regular expression \"{text.Value.Text}\" is not run: {wrong.Message}.", wrong);
                }
            },
            LazyThreadSafetyMode.None);
        return () => late.Value;
    }

    /// <summary>A pattern whose text is known.</summary>
    public static Pattern Read(Context context, SyntaxNode node, string text, Func<string, string>? around = null)
    {
        try
        {
            return Of(node, text, around);
        }
        catch (PatternException wrong)
        {
            throw Refusals.WrongRegex(context.Source, node, text, wrong.Message);
        }
    }

    private static Pattern Of(SyntaxNode node, string text, Func<string, string>? around)
    {
        var known = Known.GetOrCreateValue(node);
        var pattern = known.GetOrAdd(text, Pattern.Read);
        return around is null ? pattern : known.GetOrAdd(around(text), Pattern.Read);
    }
}
