namespace CopilotSentinelKit.Diagnostics;

/// <summary>Findings about queries that the kit's own evaluator does not run (CSK1001 to CSK1009) or that stop while they run (CSK1010).</summary>
internal static class EvaluationDiagnostics
{
    private const string WhatToDo = "Write the query without it, or test it on a Kusto endpoint with --engine.";

    public static Diagnostic UnknownOperator(SourceSpan span, string name) => Diagnostic.Error("CSK1001", span,
        $"The evaluator does not know the operator \"{name}\". {WhatToDo}");

    public static Diagnostic UnknownFunction(SourceSpan span, string name) => Diagnostic.Error("CSK1002", span,
        $"The evaluator does not know the function \"{name}\". {WhatToDo}");

    public static Diagnostic UnknownForm(SourceSpan span, string what) => Diagnostic.Error("CSK1003", span,
        $"The evaluator does not know {what}. {WhatToDo}");

    public static Diagnostic NotConstant(SourceSpan span, string what) => Diagnostic.Error("CSK1004", span,
        $"The evaluator needs a constant for {what}. Write a literal, or a name that let gives to one.");

    public static Diagnostic WrongRegex(SourceSpan span, string pattern, string why) => Diagnostic.Error("CSK1005", span,
        $"The regular expression \"{pattern}\" is not run: {why}. Write it without that.");

    public static Diagnostic UnknownTable(SourceSpan span, string name) => Diagnostic.Error("CSK1006", span,
        $"There are no rows for the table \"{name}\". Give some, or an empty table.");

    public static Diagnostic NoBody(SourceSpan span, string name) => Diagnostic.Error("CSK1007", span,
        $"The body of the function \"{name}\" is not known, so that nothing can be said about what it returns. Generate it with the kit, or write its rows as a table.");

    public static Diagnostic WrongQuery(SourceSpan span, string message) => Diagnostic.Error("CSK1008", span,
        $"The query has an error: {message}");

    public static Diagnostic Disagreement(SourceSpan span, string found, string expected) => Diagnostic.Error("CSK1009", span,
        $"The evaluator makes {found} of this, and Kusto.Language {expected}. One of them is wrong, so the query is not run: please report it.");

    public static Diagnostic Stopped(SourceSpan span, string message) => Diagnostic.Error("CSK1010", span, message);
}
