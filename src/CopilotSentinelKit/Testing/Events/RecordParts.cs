using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Testing.Events;

/// <summary>Some records of a large file, and what could not be read of it.</summary>
/// <param name="Records">Records, each with its line in the file.</param>
/// <param name="Faults">What is wrong, each with its line in the file.</param>
public sealed record RecordPart(ImmutableArray<(long Line, AuditRecord Record)> Records, ImmutableArray<(long Line, Finding Finding)> Faults);

/// <summary>Audit records of a file of any size, in all forms that <see cref="EventReader"/> reads, a few at a time. Of a file with a record
/// a line, only the lines that are broken are lost.</summary>
public static class RecordParts
{
    /// <summary>The longest record, page or row, in characters: what is longer is no list of records.</summary>
    public const int MostCharacters = 64 * 1024 * 1024;

    private const int RowsAtOnce = 200;

    /// <summary>Reads to the end.</summary>
    /// <param name="name">The file's name, for findings.</param>
    /// <param name="text">The file.</param>
    public static IEnumerable<RecordPart> Read(string name, TextReader text)
    {
        var input = new TextCursor(text);
        input.SkipBlank();
        return input.Peek() switch
        {
            -1 => [new([], [(1, EventFindings.EmptyFile(new(new SourceFile(name, ""), 0, 0)))])],
            '{' or '[' => Json(name, input),
            _ => Csv(name, input),
        };
    }

    private static IEnumerable<RecordPart> Json(string name, TextCursor input)
    {
        var inList = input.Peek() == '[';
        if (inList)
        {
            input.Read();
        }

        var byLine = false;
        while (true)
        {
            input.SkipBlank(alsoCommas: inList);
            if (input.Peek() is -1 || (inList && input.Peek() == ']'))
            {
                yield break;
            }

            var line = input.Line;
            var value = byLine ? input.ReadLine(MostCharacters) : input.ReadValue(MostCharacters);
            if (value is null)
            {
                yield return TooLong(name, line);
                yield break;
            }

            yield return Part(name, value, line, 0);

            // One record in one line and another in the next: then a line that is cut off ends with its line.
            byLine = byLine || (!inList && input.Line == line && input.AtLineEnd());
        }
    }

    private static IEnumerable<RecordPart> Csv(string name, TextCursor input)
    {
        var header = new StringBuilder();
        var first = input.Line;
        while (input.Peek() == '#')
        {
            header.Append(input.ReadRow(MostCharacters)).Append('\n');
        }

        header.Append(input.ReadRow(MostCharacters)).Append('\n');
        var headerLines = (int)(input.Line - first);
        var rows = new StringBuilder();
        do
        {
            var line = input.Line;
            for (var row = 0; row < RowsAtOnce && input.Peek() != -1; row++)
            {
                if (input.ReadRow(MostCharacters) is not { } text)
                {
                    yield return TooLong(name, input.Line);
                    yield break;
                }

                rows.Append(text).Append('\n');
            }

            yield return Part(name, header.ToString() + rows, line, headerLines);
            rows.Clear();
        }
        while (input.Peek() != -1);
    }

    // Lines of the part behind the header are those of the file from "line" on.
    private static RecordPart Part(string name, string text, long line, int headerLines)
    {
        var findings = new List<Finding>();
        var file = new SourceFile(name, text);
        var records = EventReader.Read(file, findings);
        return new(
            [.. records.Select(record => (LineOf(record.Span), record))],
            [.. findings.Select(finding => (LineOf(finding.Span), finding))]);

        long LineOf(SourceSpan span)
        {
            var at = span.File.GetPosition(span.Start).Line;
            return at <= headerLines ? at : line + at - headerLines - 1;
        }
    }

    private static RecordPart TooLong(string name, long line) =>
        new([], [(line, EventFindings.TooLarge(new(new SourceFile(name, ""), 0, 0), MostCharacters))]);
}
