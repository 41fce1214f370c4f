using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Testing.Events;

/// <summary>Audit records in a JSON file.</summary>
internal static class JsonRecords
{
    // A file that is no list of records at all would be a finding a line.
    private const int MostBrokenLines = 20;

    private static readonly JsonWording Wording = new(EventFindings.Syntax, EventFindings.TooDeep, EventFindings.DuplicateMember);

    public static ImmutableArray<AuditRecord> Read(SourceFile file, ICollection<Finding> findings, RecordForm form)
    {
        var found = new List<Finding>();
        var records = new RecordList(found, form);
        if (!JsonSequence.Read(file.Text, (start, length) => new(file, start, length), Wording, found, records.Add) && HasValueInEachLine(file))
        {
            // Only the broken lines are lost, and each says so.
            found.Clear();
            records = new(found, form);
            ReadLines(file, found, records);
        }

        foreach (var finding in found)
        {
            findings.Add(finding);
        }

        return records.ToImmutable();
    }

    private static void ReadLines(SourceFile file, List<Finding> findings, RecordList records)
    {
        var broken = 0;
        for (var line = 1; line <= file.LineCount && broken < MostBrokenLines; line++)
        {
            var (from, text) = (file.GetOffset(line, 1), file.GetLine(line));
            if (!string.IsNullOrWhiteSpace(text)
                && !JsonSequence.Read(text, (start, length) => new(file, from + start, length), Wording, findings, records.Add))
            {
                broken++;
            }
        }
    }

    private static bool HasValueInEachLine(SourceFile file)
    {
        var lines = Enumerable.Range(1, file.LineCount).Select(line => file.GetLine(line).Trim(' ', '\t', '\uFEFF')).Where(line => line.Length > 0).Take(2).ToList();
        return lines.Count == 2 && lines.TrueForAll(line => line[0] == '{');
    }
}
