using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>What was read of a lock file. A lock file that could not be read is empty, and a finding says so.</summary>
internal sealed record LockReading(LockFile Lock, ImmutableArray<Finding> Findings)
{
    public bool HasErrors => Findings.Any(finding => finding.Severity == FindingSeverity.Error);
}

/// <summary>Reads a lock file. Keys it does not know are passed over, and so are content entries that lack something.</summary>
internal static class LockFileReader
{
    public static LockReading Read(SourceFile file)
    {
        if (MergeMarker(file) is { } marker)
        {
            return Failed(OutputFindings.LockDamaged(marker, "it has the marks of a merge conflict."));
        }

        try
        {
            using var json = JsonParser.Parse(file.Text);
            return Read(file, json.RootElement);
        }
        catch (JsonException damage)
        {
            var offset = OffsetOf(file, damage.LineNumber ?? 0, damage.BytePositionInLine ?? 0);
            return Failed(OutputFindings.LockDamaged(new(file, offset, 0), "it is not JSON at this place."));
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json throws for an escape that is half of a surrogate pair.
            return Failed(OutputFindings.LockDamaged(new(file, 0, 0), "one of its strings is not Unicode text."));
        }
    }

    private static LockReading Read(SourceFile file, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("format", out var format) || format.ValueKind != JsonValueKind.Number || !format.TryGetInt32(out var version)
            || !root.TryGetProperty("files", out var files) || files.ValueKind != JsonValueKind.Object)
        {
            return Failed(OutputFindings.LockDamaged(file.All with { Length = 0 }, "\"format\" or \"files\" is missing."));
        }

        if (version > LockFile.Format)
        {
            return Failed(OutputFindings.LockTooNew(Find(file, "\"format\"", 0), version, LockFile.Format));
        }

        var findings = ImmutableArray.CreateBuilder<Finding>();
        var paths = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var entry in files.EnumerateObject())
        {
            if (!Artifact.IsSafePath(entry.Name) || entry.Name == LockFile.Path)
            {
                findings.Add(OutputFindings.LockPathUnsafe(
                    Find(file, JsonEncodedText.Encode(entry.Name).ToString(), file.Text.IndexOf("\"files\"", StringComparison.Ordinal), entry.Name), entry.Name));
            }
            else if (entry.Value.ValueKind == JsonValueKind.String)
            {
                paths[entry.Name] = entry.Value.GetString()!;
            }
        }

        return new(new(paths.ToImmutable(), Content(root)), findings.ToImmutable());
    }

    private static ImmutableArray<LockEntry> Content(JsonElement root) =>
        root.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array
            ? [.. content.EnumerateArray().Select(Entry).OfType<LockEntry>()]
            : [];

    private static LockEntry? Entry(JsonElement entry) =>
        Text(entry, "kind") is { } kind && Text(entry, "id") is { } id && Text(entry, "version") is { } version
        && Text(entry, "hash") is { } hash && Guid.TryParse(Text(entry, "guid"), CultureInfo.InvariantCulture, out var guid)
            ? new(kind, id, guid, version, hash) { IsDeprecated = entry.TryGetProperty("deprecated", out var deprecated) && deprecated.ValueKind == JsonValueKind.True }
            : null;

    private static string? Text(JsonElement entry, string key) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static LockReading Failed(Finding finding) => new(LockFile.Empty, [finding]);

    private static SourceSpan? MergeMarker(SourceFile file)
    {
        for (var line = 1; line <= file.LineCount; line++)
        {
            if (file.GetLine(line) is { } text && (text.StartsWith("<<<<<<<", StringComparison.Ordinal) || text.StartsWith(">>>>>>>", StringComparison.Ordinal)))
            {
                return new(file, file.GetOffset(line, 1), text.Length);
            }
        }

        return null;
    }

    // A path that needs escapes may be escaped in a way of its own: then the finding points at the list.
    private static SourceSpan Find(SourceFile file, string text, int from, string? plain = null)
    {
        foreach (var candidate in new[] { text, plain }.OfType<string>())
        {
            if (file.Text.IndexOf(candidate, Math.Max(from, 0), StringComparison.Ordinal) is >= 0 and var start)
            {
                return new(file, start, candidate.Length);
            }
        }

        return new(file, Math.Max(from, 0), 0);
    }

    // System.Text.Json counts a line's UTF-8 bytes, a span its UTF-16 units.
    private static int OffsetOf(SourceFile file, long line, long bytes)
    {
        var number = (int)Math.Min(line + 1, file.LineCount);
        var text = Encoding.UTF8.GetBytes(file.GetLine(number)).AsSpan();
        return file.GetOffset(number, Encoding.UTF8.GetCharCount(text[..(int)Math.Min(bytes, text.Length)]) + 1);
    }
}
