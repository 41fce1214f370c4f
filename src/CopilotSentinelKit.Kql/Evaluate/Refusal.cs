
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Kql.Evaluate;

/// <summary>Why a query is not run: it uses something that the evaluator does not know, or does not know for certain.</summary>
/// <param name="Code">CSK10xx.</param>
/// <param name="Source">The function whose body it is in; empty in the query itself.</param>
/// <param name="Start">Offset in that KQL.</param>
/// <param name="Length">Length in that KQL.</param>
/// <param name="Message">What it is, as full sentences.</param>
public sealed record Refusal(string Code, string Source, int Start, int Length, string Message);

/// <summary>Carries a refusal out of the compiler.</summary>
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Message)
{
    public Refusal Refusal => refusal;
}

/// <summary>The refusals, one a code. They are findings whose place in a file only the caller knows.</summary>
internal static class Refusals
{
    private static readonly SourceSpan Nowhere = new SourceFile("", "").All;

    public static RefusedException UnknownOperator(string source, SyntaxNode node, string name) => Of(source, node, EvaluationFindings.UnknownOperator(Nowhere, name));

    public static RefusedException UnknownFunction(string source, SyntaxNode node, string name) => Of(source, node, EvaluationFindings.UnknownFunction(Nowhere, name));

    public static RefusedException UnknownForm(string source, SyntaxNode node, string what) => Of(source, node, EvaluationFindings.UnknownForm(Nowhere, what));

    public static RefusedException NotConstant(string source, SyntaxNode node, string what) => Of(source, node, EvaluationFindings.NotConstant(Nowhere, what));

    public static RefusedException WrongRegex(string source, SyntaxNode node, string pattern, string why) => Of(source, node, EvaluationFindings.WrongRegex(Nowhere, pattern, why));

    public static RefusedException UnknownTable(string source, SyntaxNode node, string name) => Of(source, node, EvaluationFindings.UnknownTable(Nowhere, name));

    public static RefusedException NoBody(string source, SyntaxNode node, string name) => Of(source, node, EvaluationFindings.NoBody(Nowhere, name));

    public static RefusedException WrongQuery(string source, KqlDiagnostic error) =>
        Of(source, error.Start, error.Length, EvaluationFindings.WrongQuery(Nowhere, error.Message));

    public static RefusedException UnknownColumn(string source, SyntaxNode node, string name) =>
        Of(source, node, EvaluationFindings.WrongQuery(Nowhere, $"\"{name}\" is neither a column of the table here nor a name that the query declares."));

    public static RefusedException Disagreement(string source, SyntaxNode node, string found, string expected) =>
        Of(source, node, EvaluationFindings.Disagreement(Nowhere, found, expected));

    /// <summary>What stopped a query of some KQL.</summary>
    public static QueryProblem Stopped(string text, EvaluationException stopped)
    {
        var finding = EvaluationFindings.Stopped(Nowhere, stopped.Message);
        return new(finding.Code, "", 0, text.Length, finding.Message, NotRunnable: false);
    }

    private static RefusedException Of(string source, SyntaxNode node, Finding finding) => Of(source, node.Start, node.Length, finding);

    private static RefusedException Of(string source, int start, int length, Finding finding) =>
        new(new(finding.Code, source, start, length, finding.Message));
}
