using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CsvHelper;

namespace CopilotSentinelKit.Testing.Events;

/// <summary>Audit records in a CSV that Purview's audit search or Export-Csv wrote: a record a row, as JSON in the column AuditData.</summary>
internal static class CsvRecords
{
    private const string AuditData = "AuditData";

    /// <summary>Whether the first line may be that of a CSV.</summary>
    public static bool CanRead(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny('\r', '\n');
        var line = end < 0 ? text : text[..end];
        return line.ContainsAny(',', ';', '\t') || line.StartsWith("#TYPE", StringComparison.Ordinal) || line.Trim("\" ").Equals(AuditData, StringComparison.OrdinalIgnoreCase);
    }

    public static ImmutableArray<AuditRecord> Read(SourceFile file, ICollection<Finding> findings)
    {
        var utf8 = Encoding.UTF8.GetBytes(file.Text);
        var offsets = new Utf8Offsets(utf8);
        var open = false;

        // Export-Csv of PowerShell 5 writes a line "#TYPE ..." first.
        using var reader = CsvReader.Create(utf8, new CsvReaderOptions
        {
            CommentPrefix = '#',
            OnMalformedRecord = record => open |= record.Reason == CsvMalformedReason.UnterminatedQuote,
        });
        reader.ReadHeader();
        if (open)
        {
            findings.Add(EventFindings.OpenQuote(Header(file)));
            return [];
        }

        if (!reader.TryGetFieldIndex(AuditData, out var column))
        {
            findings.Add(EventFindings.NoAuditDataColumn(Header(file), reader.Headers));
            return [];
        }

        var records = new RecordList(findings, RecordForm.Audit);
        while (reader.Read())
        {
            if (open)
            {
                findings.Add(EventFindings.OpenQuote(new(file, offsets.Of(Place(reader, reader.FieldCount - 1)), 1)));
                break;
            }

            var start = offsets.Of(reader.ByteOffset);
            var span = new SourceSpan(file, start, offsets.Of(reader.ByteOffset + reader.RawRecord.Length) - start);
            if (column >= reader.FieldCount || reader.GetSpan(column).IsEmpty)
            {
                findings.Add(EventFindings.NoAuditData(Row(file, start)));
                continue;
            }

            var place = Place(reader, column);
            var json = reader.GetString(column);
            var cell = new CsvPlace(file, offsets.Of(place), offsets.Of(place + reader.GetRawSpan(column).Length), json.Length);
            records.Add(json, cell.Of, [.. Envelope.Purview.Read(Find)], span);
        }

        return records.ToImmutable();

        Value Find(string name) => reader.TryGetFieldIndex(name, out var index) && index < reader.FieldCount ? Value.Of(reader.GetString(index)) : Value.Null;
    }

    private static long Place(CsvReader reader, int column)
    {
        reader.RawRecord.Overlaps(reader.GetRawSpan(column), out var inRecord);
        return reader.ByteOffset + inRecord;
    }

    private static SourceSpan Header(SourceFile file)
    {
        var lines = Enumerable.Range(1, file.LineCount).Select(line => file.GetOffset(line, 1)).Select(start => start + (file.Text.AsSpan(start) is ['\uFEFF', ..] ? 1 : 0));
        return lines.Select(start => Row(file, start)).FirstOrDefault(line => line.Length > 0 && line.Text[0] != '#', Row(file, 0));
    }

    private static SourceSpan Row(SourceFile file, int start)
    {
        var end = file.Text.AsSpan(start).IndexOfAny('\r', '\n');
        return new(file, start, end < 0 ? file.Text.Length - start : end);
    }
}
