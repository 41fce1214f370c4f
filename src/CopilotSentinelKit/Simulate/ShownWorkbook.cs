using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate;

namespace CopilotSentinelKit.Simulate;

/// <summary>A workbook as a reader finds it who has chosen nothing yet but the first row of each list, and the whole span of each chart over time.</summary>
/// <param name="Workbook">The workbook.</param>
/// <param name="Results">What its queries return; a query is missing that waits for a row of a list that has none.</param>
/// <param name="Values">The values of its parameters.</param>
internal sealed record ShownWorkbook(Workbook Workbook, ImmutableDictionary<WorkbookQuery, ShownQuery> Results, WorkbookValues Values);

/// <summary>A query of a workbook that was run.</summary>
/// <param name="Text">Its KQL, with the values of parameters in it.</param>
/// <param name="Result">The rows, or null when the query could not be run.</param>
/// <param name="Problem">Why it could not, or null.</param>
internal sealed record ShownQuery(string Text, EvaluationResult? Result, QueryProblem? Problem);
