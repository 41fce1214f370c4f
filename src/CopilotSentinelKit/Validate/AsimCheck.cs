using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>An ASIM parser of the project's returns what its schema asks for, in the schema's types. The filtering parser has the same columns, so
/// one of the two is looked at.</summary>
internal static class AsimCheck
{
    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item is not ParserFunction { Origin: ContentOrigin.Spec, Asim: { IsFiltering: false } form } parser)
        {
            yield break;
        }

        var schema = form.Schema;
        var given = parser.Columns.Select(column => column.Value.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var field in schema.Mandatory.Where(field => !given.Contains(field)))
        {
            yield return AsimFindings.MissingMandatory(form.Place, schema.Name, field);
        }

        foreach (var field in schema.Recommended.Where(field => !given.Contains(field) && form.Omitted.All(omitted => omitted.Value != field)))
        {
            yield return AsimFindings.MissingRecommended(form.Place, schema.Name, field);
        }

        foreach (var omitted in form.Omitted.Where(omitted => given.Contains(omitted.Value) || !schema.Recommended.Contains(omitted.Value)))
        {
            yield return AsimFindings.NothingOmitted(omitted.Span, schema.Name, omitted.Value, given.Contains(omitted.Value));
        }

        foreach (var column in parser.Columns.Where(column => schema.TypeOf(column.Value.Name) is null))
        {
            yield return AsimFindings.NotInSchema(column.Span, schema.Name, column.Value.Name, schema.Columns.Select(known => known.Name));
        }

        foreach (var column in analysis.GetSoundColumns() ?? [])
        {
            if (schema.TypeOf(column.Name) is { } wanted && column.Type != wanted && parser.Columns.FirstOrDefault(field => field.Value.Name == column.Name) is { } field)
            {
                yield return AsimFindings.WrongType(field.Span, schema.Name, column.Name, wanted, column.Type);
            }
        }
    }
}
