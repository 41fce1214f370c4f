using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>Puts the values that parameters have at first into a query, so that Kusto.Language can analyse it. Where a value is not known, the
/// query keeps its references and is not analysed: what a reader will choose there can be anything.</summary>
internal sealed partial class WorkbookQueryReader(WorkbookDeclarations names, ICollection<Finding> findings)
{
    /// <summary>The query with the form that is analysed.</summary>
    /// <param name="text">As the workbook has it.</param>
    /// <param name="fallback">Where findings point that have no place in it.</param>
    public WorkbookQuery Read(YamlText text, SourceSpan fallback)
    {
        var kql = ArmQuery.Of(text, fallback);
        var sample = new StringBuilder();
        var map = ImmutableArray.CreateBuilder<MapSegment>();
        var copied = 0;
        foreach (var match in Reference().Matches(text.Value).Where(match => IsReference(text.Value, match)))
        {
            var (name, format) = (match.Groups["name"].Value, match.Groups["format"].Value);
            if (!names.Has(name) && !names.IsOpen)
            {
                findings.Add(WorkbookFindings.UndeclaredParameter(text.Locate(match.Index, match.Length), name, names.All));
            }

            if (SampleOf(text.Value, match.Index, name, format) is not { } value)
            {
                return new(kql, Query.Unknown(fallback), [new ParameterReference(name, format, match.Index, match.Length)]);
            }

            Copy(match.Index);
            var (start, length) = (match.Index, match.Length);
            map.Add(new(sample.Length, value.Length, (_, _) => text.Locate(start, length)));
            sample.Append(value);
            copied = start + length;
        }

        Copy(text.Value.Length);
        return new(kql, new(sample.ToString(), map.DrainToImmutable(), fallback), []);

        void Copy(int end)
        {
            var from = copied;
            if (end > from)
            {
                map.Add(new(sample.Length, end - from, (start, length) => text.Locate(from + start, length)));
                sample.Append(text.Value, from, end - from);
            }
        }
    }

    // Braces behind a closing parenthesis are the body of a function: "let f = (x: int) {x};".
    private bool IsReference(string kql, Match match) =>
        names.Has(match.Groups["name"].Value) || (!kql.AsSpan(0, match.Index).TrimEnd().EndsWith(')') && !IsInComment(kql, match.Index));

    private string? SampleOf(string kql, int at, string name, string format)
    {
        // Between quotes any text does, also one that a row or the reader gives.
        if (IsInText(kql, at))
        {
            return names.Find(name)?.IsTimeRange == true ? names.Find(name)!.Sample(format) : "a";
        }

        return IsInComment(kql, at) ? "a" : names.Find(name)?.Sample(format);
    }

    private static bool IsInComment(string kql, int at)
    {
        var line = at == 0 ? 0 : kql.LastIndexOf('\n', at - 1) + 1;
        var comment = kql.IndexOf("//", line, at - line, StringComparison.Ordinal);
        return comment >= 0 && !IsInText(kql, comment);
    }

    // KQL's texts end with their line, so the line up to the place tells.
    private static bool IsInText(string kql, int at)
    {
        var quote = '\0';
        var verbatim = false;
        for (var i = at == 0 ? 0 : kql.LastIndexOf('\n', at - 1) + 1; i < at; i++)
        {
            if (quote == '\0' && kql[i] is ('"' or '\''))
            {
                quote = kql[i];
                verbatim = i > 0 && kql[i - 1] is '@';
            }
            else if (quote != '\0' && kql[i] == '\\' && !verbatim)
            {
                i++;
            }
            else if (kql[i] == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && kql[i] == '/' && i + 1 < at && kql[i + 1] == '/')
            {
                return false;
            }
        }

        return quote != '\0';
    }

    // Formats can be JSON paths, which hold anything but braces.
    [GeneratedRegex(@"\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:(?<format>[^{}\r\n]+))?\}")]
    private static partial Regex Reference();
}
