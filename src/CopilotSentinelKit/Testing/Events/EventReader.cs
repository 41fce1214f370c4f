using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Testing.Events;

/// <summary>Audit records from the files that people have. What a file is, its content says. Never throws on bad input: what is wrong is a
/// finding, and what can be read is returned all the same.</summary>
public static class EventReader
{
    /// <summary>The records of a file, in its order: JSON of the Management Activity API or Graph (a record, an array, a value after another
    /// or a line each, or a page with "value"), or what Purview's audit search exports, CSV or JSON. A time stays as it is written.</summary>
    /// <param name="file">The file.</param>
    /// <param name="findings">Takes what is wrong.</param>
    /// <param name="form">What a record is; an audit record when left out.</param>
    public static ImmutableArray<AuditRecord> Read(SourceFile file, ICollection<Finding> findings, RecordForm? form = null)
    {
        var start = file.Text.AsSpan().IndexOfAnyExcept(" \t\r\n\uFEFF");
        if (start < 0)
        {
            findings.Add(EventFindings.EmptyFile(new(file, 0, 0)));
            return [];
        }

        if (file.Text[start] is '{' or '[')
        {
            return JsonRecords.Read(file, findings, form ?? RecordForm.Audit);
        }

        if (CsvRecords.CanRead(file.Text.AsSpan(start)))
        {
            return CsvRecords.Read(file, findings);
        }

        findings.Add(EventFindings.UnknownFormat(new(file, start, 1)));
        return [];
    }

    /// <summary>The records that stand in a spec: one, or a list of them, each in any of the forms that a file may have.</summary>
    /// <param name="value">What stands there.</param>
    /// <param name="findings">Takes what is wrong.</param>
    /// <param name="form">What a record is; an audit record when left out.</param>
    public static ImmutableArray<AuditRecord> Read(YamlValue value, ICollection<Finding> findings, RecordForm? form = null)
    {
        var records = new RecordList(findings, form ?? RecordForm.Audit);
        foreach (var item in value is YamlList list ? list.Items : [value])
        {
            records.Add(item);
        }

        return records.ToImmutable();
    }
}
