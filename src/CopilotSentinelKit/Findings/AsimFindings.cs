using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about the mapping's section <c>asim</c>, held against the schema's document.</summary>
internal static class AsimFindings
{
    public static Finding MissingMandatory(SourceSpan span, string schema, string field) => Finding.Error("CSK0950", span,
        $"Every parser of {schema} returns \"{field}\", and this one does not. Give it under \"fields\".");

    public static Finding WrongType(SourceSpan span, string schema, string field, string wanted, string returned) => Finding.Error("CSK0951", span,
        $"\"{field}\" is of type {wanted} in {schema}, and the expression gives {returned}. Convert it: queries over all parsers of the schema compare it as {wanted}.");

    public static Finding MissingRecommended(SourceSpan span, string schema, string field) => Finding.Information("CSK0952", span,
        $"{schema} recommends \"{field}\". Give it under \"fields\", or say under \"omit\" why the source does not have it.");

    public static Finding NotInSchema(SourceSpan span, string schema, string field, IEnumerable<string> known) => Finding.Warning("CSK0953", span,
        $"{schema} has no field \"{field}\", so no query over its parsers asks for it.{Nearest.Hint(field, known)} Correct the name, or put the value into AdditionalFields.");

    public static Finding NothingOmitted(SourceSpan span, string schema, string field, bool isGiven) => Finding.Warning("CSK0954", span, isGiven
        ? $"\"{field}\" is said to be left out, and it is given under \"fields\". Remove one of them."
        : $"{schema} does not recommend a field \"{field}\", so nothing is said by leaving it out. Remove the line, or correct the name.");

    public static Finding UnknownSchema(SourceSpan span, string schema, IEnumerable<string> known) => Finding.Error("CSK0955", span,
        $"The kit does not know what ASIM's schema \"{schema}\" asks of a parser.{Nearest.Hint(schema, known)} It knows {string.Join(", ", known)}.");
}
