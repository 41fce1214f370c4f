using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings.Reporters;

/// <summary>What a finding is known by from run to run, wherever lines above it move it. Findings must be asked for in order.</summary>
/// <param name="fromRoot">From a shown path to one from the root.</param>
internal sealed class Fingerprints(Func<string, string> fromRoot)
{
    // What identifies a line of ordinary length; a file in one line has a finding at many of its characters.
    private const int MostOfLine = 2000;

    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<SourceFile, LineHashes> _files = [];

    /// <summary>Two: the kit's own, of code, path, the line's text and which of several alike it is; and the one that GitHub's upload action
    /// would otherwise compute, so that an upload without it gives the same alerts.</summary>
    public JsonObject Of(Finding finding)
    {
        var file = finding.Span.File;
        var line = finding.Span.Position.Line;
        var fingerprints = new JsonObject { ["cskFinding/v1"] = Own(finding) };
        if (file.Text.Length > 0)
        {
            if (!_files.TryGetValue(file, out var hashes))
            {
                _files[file] = hashes = new(file.Text);
            }

            fingerprints["primaryLocationLineHash"] = hashes.Of(line);
        }

        return fingerprints;
    }

    /// <summary>The kit's own alone: 32 hexadecimal digits.</summary>
    public string Own(Finding finding)
    {
        var file = finding.Span.File;
        var text = string.Join('\n', finding.Code, fromRoot(file.Path), OfLine(file, finding.Span.Position.Line));
        var index = _seen[text] = _seen.GetValueOrDefault(text) + 1;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{text}\n{index}")));
        return Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }

    private static string OfLine(SourceFile file, int line)
    {
        var text = file.LineSpan(line).Trim();
        return text[..Math.Min(text.Length, MostOfLine)].ToString();
    }
}
