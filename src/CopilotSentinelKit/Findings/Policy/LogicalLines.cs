using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings.Policy;

/// <summary>The lines of a file as its writer thinks of them: in JSON, a line break written as an escape ends a line too, since a whole query
/// stands in one string.</summary>
internal static class LogicalLines
{
    /// <summary>Offsets of each line, without its line break, in order.</summary>
    public static ImmutableArray<(int Start, int End)> Of(SourceFile file)
    {
        var text = file.Text;
        var escapes = IsJson(file);
        var lines = ImmutableArray.CreateBuilder<(int, int)>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (escapes && text[i] == '\\' && i + 1 < text.Length)
            {
                if (text[i + 1] is 'n')
                {
                    lines.Add((start, text.AsSpan(start, i - start).EndsWith(@"\r") ? i - 2 : i));
                    start = i + 2;
                }

                i++;
            }
            else if (text[i] is '\n' or '\r')
            {
                lines.Add((start, i));
                i += text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
                start = i + 1;
            }
        }

        lines.Add((start, text.Length));
        return lines.ToImmutable();
    }

    /// <summary>Whether the file is JSON by its name.</summary>
    public static bool IsJson(SourceFile file) => file.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
}
