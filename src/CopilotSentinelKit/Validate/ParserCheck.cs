using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>A parser returns exactly the fields of the mapping, with their types, under a name that KQL can call.</summary>
internal static partial class ParserCheck
{
    /// <summary>Kusto.Language's word for the type of what comes from a table that it does not know, which is a finding already.</summary>
    private const string Unknown = "unknown";

    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item is not ParserFunction parser)
        {
            yield break;
        }

        if (!Pattern().IsMatch(parser.Alias) && item.Origin != ContentOrigin.Kql && (item.Origin == ContentOrigin.Spec || parser.Alias.Length > 0))
        {
            yield return KqlFindings.IllegalFunctionName(parser.Id.Span, parser.Alias);
        }

        // Parsers of others have no mapping to be held against, those of ASIM have a schema.
        if (item.Origin != ContentOrigin.Spec || parser.Asim is not null || analysis.GetSoundColumns() is not { } columns)
        {
            yield break;
        }

        var returned = columns.Select(column => column.Name).ToImmutableArray();
        foreach (var field in parser.Columns)
        {
            var column = columns.FirstOrDefault(column => column.Name == field.Value.Name);
            if (column is null)
            {
                yield return KqlFindings.MissingField(field.Span, parser.Alias, field.Value.Name, returned);
            }
            else if (column.Type != field.Value.Type && column.Type != Unknown)
            {
                yield return KqlFindings.FieldType(field.Span, parser.Alias, column.Name, field.Value.Type, column.Type);
            }
        }

        var fields = parser.Columns.Select(field => field.Value.Name).ToImmutableArray();
        foreach (var column in returned.Except(fields, StringComparer.Ordinal))
        {
            yield return KqlFindings.UnmappedColumn(parser.Id.Span, parser.Alias, column, fields);
        }
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Pattern();
}
