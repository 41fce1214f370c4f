using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Parameters that queries and texts name are there, have the format asked for, cannot break the KQL, and are of some use.</summary>
internal static class WorkbookParametersCheck
{
    public static IEnumerable<Finding> Run(Workbook workbook, ImmutableArray<KqlAnalysis> analyses, ValidationContext context)
    {
        // What a foreign workbook declares is known to its reader alone, which has checked it.
        if (workbook.Origin != ContentOrigin.Spec)
        {
            return [];
        }

        var known = WorkbookParameters.Of(workbook);
        return CheckQueries(workbook, known)
            .Concat(CheckOrder(workbook))
            .Concat(Texts(workbook).SelectMany(text => CheckText(text, known)))
            .Concat(CheckDeclarations(workbook, known));
    }

    private static IEnumerable<Finding> CheckQueries(Workbook workbook, WorkbookParameters known) =>
        from query in workbook.Queries
        from reference in query.References
        let span = query.Kql.Locate(reference.Start, reference.Length)
        let finding = Check(reference, span, known) ?? CheckQuotes(query.Kql.Text, reference, span, known)
        where finding is not null
        select finding;

    private static Finding? Check(ParameterReference reference, SourceSpan span, WorkbookParameters known) =>
        known.FormatsOf(reference.Name) is not { } formats
            ? WorkbookFindings.UnknownParameter(span, reference.Name, known.Names)
            : reference.Format.Length > 0 && !formats.Contains(reference.Format)
                ? WorkbookFindings.UnknownFormat(span, reference.Name, reference.Format, formats)
                : null;

    /// <summary>Between quotes, a value that holds a quote ends the text. Values that the spec itself lists are known to the writer.</summary>
    private static Finding? CheckQuotes(string kql, ParameterReference reference, SourceSpan span, WorkbookParameters known)
    {
        var before = reference.Start == 0 ? ' ' : kql[reference.Start - 1];
        var declared = known.Declared.FirstOrDefault(parameter => parameter.Name.Value == reference.Name);
        var harmless = declared is DropdownParameter<WorkbookQuery> { Query: null } || known.IsTime(reference.Name)
            || reference.Format == "base64"
            || (before == '"' && reference.Format == "escapejson");
        return before is '"' or '\'' && !harmless ? WorkbookFindings.Unescaped(span, reference.Name) : null;
    }

    private static IEnumerable<Finding> CheckOrder(Workbook workbook)
    {
        for (var i = 0; i < workbook.Parameters.Length; i++)
        {
            var later = workbook.Parameters.Skip(i).Select(parameter => parameter.Name.Value).ToHashSet(StringComparer.Ordinal);
            if (workbook.Parameters[i] is DropdownParameter<WorkbookQuery> { Query: { } query })
            {
                foreach (var reference in query.References.Where(reference => later.Contains(reference.Name)))
                {
                    yield return WorkbookFindings.UsedBeforeDeclared(query.Kql.Locate(reference.Start, reference.Length), reference.Name);
                }
            }
        }
    }

    private static IEnumerable<Finding> CheckText(Spanned<string> text, WorkbookParameters known) =>
        from reference in ParameterReference.In(text.Value)
        let finding = known.FormatsOf(reference.Name) is null
            ? WorkbookFindings.UnknownParameterInText(Within(text.Span, reference), reference.Name, known.Names)
            : Check(reference, Within(text.Span, reference), known)
        where finding is not null
        select finding;

    private static IEnumerable<Finding> CheckDeclarations(Workbook workbook, WorkbookParameters known)
    {
        if (!workbook.Parameters.Any(parameter => parameter is TimeRangeParameter<WorkbookQuery>))
        {
            yield return WorkbookFindings.NoTimeRange(workbook.Id.Span);
        }

        var used = workbook.Queries.SelectMany(query => query.References)
            .Concat(Texts(workbook).SelectMany(text => ParameterReference.In(text.Value)))
            .Select(reference => reference.Name)
            .ToHashSet(StringComparer.Ordinal);
        var places = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (var name in known.Declared.Select(parameter => parameter.Name).Concat(known.Exported).Concat(known.Brushed))
        {
            if (!places.TryAdd(name.Value, name.Span))
            {
                yield return WorkbookFindings.ExportedTwice(name.Span, name.Value, places[name.Value]);
            }
            else if (!used.Contains(name.Value))
            {
                yield return WorkbookFindings.UnusedParameter(name.Span, name.Value);
            }
        }
    }

    private static IEnumerable<Spanned<string>> Texts(Workbook workbook) => workbook.AllItems.SelectMany(item => item switch
    {
        TextItem<WorkbookQuery> text => [text.Text],
        GroupItem<WorkbookQuery> group => [group.Title],
        QueryItem<WorkbookQuery> { View.Title: { } title } => [title],
        _ => ImmutableArray<Spanned<string>>.Empty,
    });

    /// <summary>The reference itself where the text is written as it reads, else all of the text.</summary>
    private static SourceSpan Within(SourceSpan text, ParameterReference reference)
    {
        var written = reference.Format.Length == 0 ? $"{{{reference.Name}}}" : $"{{{reference.Name}:{reference.Format}}}";
        var at = text.Text.IndexOf(written, StringComparison.Ordinal);
        return at < 0 ? text : text with { Start = text.Start + at, Length = written.Length };
    }
}
