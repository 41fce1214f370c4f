namespace CopilotSentinelKit.Cli.Scaffold;

/// <summary>Adds a field to the text of a mapping; everything else of it stays as it is.</summary>
internal static class MappingFields
{
    private const string Key = "fields:";

    /// <summary>The mapping with the field last, or null where its fields are written in a form that cannot be added to, as in fields: {}.</summary>
    /// <param name="mapping">The mapping that is there, with any line ends.</param>
    /// <param name="added">A mapping with that field alone, in block form.</param>
    public static string? Add(string mapping, string added)
    {
        var block = added[(added.IndexOf("\n" + Key + "\n", StringComparison.Ordinal) + 1)..].TrimEnd('\n').Split('\n')[1..];
        var end = mapping.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var lines = mapping.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').ToList();
        var head = lines.FindIndex(line => line.StartsWith(Key, StringComparison.Ordinal));
        if (head < 0)
        {
            return string.Join(end, [.. lines, "", Key, .. block]) + end;
        }

        var behind = lines[head][Key.Length..].Trim();
        if (behind.Length > 0 && !behind.StartsWith('#'))
        {
            return null;
        }

        // The fields end where the next key of the file begins; blank lines and comments before that belong to it.
        var next = lines.FindIndex(head + 1, line => line.Length > 0 && !char.IsWhiteSpace(line[0]) && line[0] != '#');
        var at = next < 0 ? lines.Count : next;
        while (at > head + 1 && (lines[at - 1].Trim().Length == 0 || lines[at - 1].StartsWith('#')))
        {
            at--;
        }

        var indent = lines.Skip(head + 1).FirstOrDefault(line => line.Trim().Length > 0 && !line.TrimStart().StartsWith('#')) is { } first && at > head + 1
            ? first.Length - first.TrimStart().Length
            : 2;
        lines.InsertRange(at, block.Select(line => new string(' ', Math.Max(0, indent - 2)) + line));
        return string.Join(end, lines) + end;
    }
}
