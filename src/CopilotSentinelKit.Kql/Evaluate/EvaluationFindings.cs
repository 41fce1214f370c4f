using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Kql.Evaluate;

/// <summary>Findings about queries that the kit's own evaluator does not run (CSK1001 to CSK1009) or that stop while they run (CSK1010).</summary>
internal static class EvaluationFindings
{
    private const string WhatToDo = "Write the query without it, or test it on a Kusto endpoint with --engine.";

    public static Finding UnknownOperator(SourceSpan span, string name) => Finding.Error("CSK1001", span,
        $"The evaluator does not know the operator \"{name}\". {WhatToDo}");

    public static Finding UnknownFunction(SourceSpan span, string name) => Finding.Error("CSK1002", span,
        $"The evaluator does not know the function \"{name}\". {WhatToDo}");

    public static Finding UnknownForm(SourceSpan span, string what) => Finding.Error("CSK1003", span,
        $"The evaluator does not know {what}. {WhatToDo}");

    public static Finding NotConstant(SourceSpan span, string what) => Finding.Error("CSK1004", span,
        $"The evaluator needs a constant for {what}. Write a literal, or a name that let gives to one.");

    public static Finding WrongRegex(SourceSpan span, string pattern, string why) => Finding.Error("CSK1005", span,
        $"The regular expression \"{pattern}\" is not run: {why}. Write it without that.");

    public static Finding UnknownTable(SourceSpan span, string name) => Finding.Error("CSK1006", span,
        $"There are no rows for the table \"{name}\". Give some, or an empty table.");

    public static Finding NoBody(SourceSpan span, string name) => Finding.Error("CSK1007", span,
        $"The body of the function \"{name}\" is not known, so that nothing can be said about what it returns. Generate it with the kit, or write under \"functions\" of a test what it returns.");

    public static Finding WrongQuery(SourceSpan span, string message) => Finding.Error("CSK1008", span,
        $"The query has an error: {message}");

    public static Finding Disagreement(SourceSpan span, string found, string expected) => Finding.Error("CSK1009", span,
        $"The evaluator makes {found} of this, and Kusto.Language {expected}. One of them is wrong, so the query is not run: please report it.");

    public static Finding Stopped(SourceSpan span, string message) => Finding.Error("CSK1010", span, message);
}
