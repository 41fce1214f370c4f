using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>Custom tables of templates.</summary>
internal static partial class TableReader
{
    private const string Suffix = "_CL";

    /// <summary>The table, or null when it is one of Microsoft's, or only the deployment knows its name or columns.</summary>
    public static CustomTable? Read(ArmResource resource)
    {
        if (resource.Properties?.Object("schema") is not { } schema || schema.Entry("columns") is null || schema.IsUnknown("columns"))
        {
            return null;
        }

        var schemaName = schema.TextOrEmpty("name");
        var name = resource.Name.Value.Length > 0 ? resource.Name : schemaName;
        if (!name.Value.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (!TableName().IsMatch(name.Value))
        {
            schema.Findings.Add(TableFindings.IllegalTable(name.Span, name.Value));
        }

        if (schemaName.Value.Length > 0 && schemaName.Value != name.Value)
        {
            schema.Findings.Add(TableFindings.SchemaName(schemaName.Span, schemaName.Value, name.Value));
        }

        var columns = ColumnReader.ReadTable(schema);
        foreach (var column in schema.Objects("columns").Select(column => column.TextOrEmpty("name")).Where(column => CustomTable.ReservedColumns.Contains(column.Value)))
        {
            schema.Findings.Add(TableFindings.ReservedColumn(column.Span, column.Value));
        }

        if (columns.All(column => column.Name != "TimeGenerated"))
        {
            schema.Findings.Add(TableFindings.NoTimeGenerated(schema.Subject));
        }

        var none = new Spanned<string>("", name.Span);
        return new()
        {
            Origin = ContentOrigin.Arm,
            FileName = "",
            Guid = Guid.Empty,
            Id = name,
            Version = none,
            Name = none,
            Description = none,
            Columns = columns,
        };
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,60}_CL\z")]
    private static partial Regex TableName();
}
