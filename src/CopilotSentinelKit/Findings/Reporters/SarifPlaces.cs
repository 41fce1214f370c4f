using System.Text.Json.Nodes;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings.Reporters;

/// <summary>Places as SARIF writes them: a URI from the root of the repository, lines and columns from 1.</summary>
/// <param name="fromRoot">From a shown path to one from the root.</param>
internal sealed class SarifPlaces(Func<string, string> fromRoot)
{
    /// <summary>The name of the repository's root, the one that consumers know.</summary>
    public const string Root = "%SRCROOT%";

    /// <summary>A place in a file, with what is there.</summary>
    public JsonObject Location(SourceSpan span, string? message = null)
    {
        var location = new JsonObject
        {
            ["physicalLocation"] = new JsonObject { ["artifactLocation"] = Artifact(span.File.Path), ["region"] = Region(span) },
        };
        if (message is not null)
        {
            location["message"] = SarifReporter.Text(message);
        }

        return location;
    }

    /// <summary>A file. One outside of the repository has an absolute URI, which code scanning does not show.</summary>
    public JsonObject Artifact(string path)
    {
        var name = fromRoot(path).Replace('\\', '/');
        return name switch
        {
            ['/', ..] => new() { ["uri"] = "file://" + Encode(name) },
            [var drive, ':', '/', ..] => new() { ["uri"] = $"file:///{drive}:" + Encode(name[2..]) },
            _ => new() { ["uri"] = Encode(name), ["uriBaseId"] = Root },
        };
    }

    /// <summary>From the first character to behind the last one.</summary>
    public static JsonObject Region(SourceSpan span)
    {
        var (line, column) = span.Position;
        var (endLine, endColumn) = span.End();
        return new() { ["startLine"] = line, ["startColumn"] = column, ["endLine"] = endLine, ["endColumn"] = endColumn };
    }

    /// <summary>RFC 3986: what is no unreserved character of a path is percent-encoded UTF-8.</summary>
    private static string Encode(string path) => string.Join('/', HarmlessText.Whole(path).Split('/').Select(Uri.EscapeDataString));
}
