using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Evaluate;

/// <summary>Why a query is not run: it uses something that the evaluator does not know, or does not know for certain.</summary>
/// <param name="Code">CSK10xx.</param>
/// <param name="Source">The function whose body it is in; empty in the query itself.</param>
/// <param name="Start">Offset in that KQL.</param>
/// <param name="Length">Length in that KQL.</param>
/// <param name="Message">What it is, as a full sentence.</param>
public sealed record Refusal(string Code, string Source, int Start, int Length, string Message);

/// <summary>Carries a refusal out of the compiler.</summary>
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Message)
{
    public Refusal Refusal => refusal;
}

/// <summary>The refusals, one a code.</summary>
internal static class Refusals
{
    public static RefusedException UnknownOperator(string source, SyntaxNode node, string name) =>
        Of("CSK1001", source, node, $"The evaluator does not know the operator \"{name}\".");

    public static RefusedException UnknownFunction(string source, SyntaxNode node, string name) =>
        Of("CSK1002", source, node, $"The evaluator does not know the function \"{name}\".");

    public static RefusedException UnknownForm(string source, SyntaxNode node, string what) =>
        Of("CSK1003", source, node, $"The evaluator does not know {what}.");

    public static RefusedException NotConstant(string source, SyntaxNode node, string what) =>
        Of("CSK1004", source, node, $"The evaluator needs a constant for {what}.");

    public static RefusedException UncertainRegex(string source, SyntaxNode node, string what) =>
        Of("CSK1005", source, node, $"Kusto's regular expressions differ from those of the evaluator in {what}.");

    public static RefusedException UnknownTable(string source, SyntaxNode node, string name) =>
        Of("CSK1006", source, node, $"There are no rows for the table \"{name}\". Give some, or an empty table.");

    public static RefusedException NoBody(string source, SyntaxNode node, string name) =>
        Of("CSK1007", source, node, $"The body of the function \"{name}\" is not known.");

    public static RefusedException WrongQuery(string source, KqlDiagnostic error) =>
        new(new("CSK1008", source, error.Start, error.Length, $"The query has an error: {error.Message}"));

    public static RefusedException Disagreement(string source, SyntaxNode node, string found, string expected) =>
        Of("CSK1009", source, node, $"The evaluator makes {found} of this, and Kusto.Language {expected}.");

    private static RefusedException Of(string code, string source, SyntaxNode node, string message) =>
        new(new(code, source, node.Start, node.Length, message));
}
