using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Cli;

/// <summary>The documentation of findings as text for people at a terminal.</summary>
/// <param name="width">The most characters of a line; code stays as it is.</param>
/// <param name="colour">Whether to use ANSI colours.</param>
internal sealed class FindingText(int width, bool colour)
{
    private const int LabelWidth = 15;

    /// <summary>A whole page.</summary>
    public string Page(FindingPage page)
    {
        var text = new StringBuilder();
        text.Append(Paint("1", $"{page.Code} {page.Title}")).Append("\n\n");
        Fact("Severity", Paint(ColourOf(page.Severity), page.SeverityWord));
        Fact("Protects from", page.ProtectsFrom);
        Fact("Also in", page.AlsoIn);
        text.Append('\n').Append(Paragraph.Wrap(page.Body, width)).Append('\n');
        foreach (var example in page.Examples)
        {
            text.Append('\n').Append(FindingDocuments.Caption(example)).Append("\n\n");
            foreach (var line in example.Text.TrimEnd('\n').Split('\n'))
            {
                text.Append(line.Length == 0 ? "" : "    ").Append(line).Append('\n');
            }
        }

        if (page.NoExample is { } reason)
        {
            text.Append('\n').Append(Paragraph.Wrap("There is no example, because " + reason, width)).Append('\n');
        }

        return text.ToString();

        void Fact(string label, string value) =>
            text.Append(Paragraph.Wrap($"{(label + ":").PadRight(LabelWidth)}", width).PadRight(LabelWidth))
                .Append(Paragraph.Wrap(value, width - LabelWidth).Replace("\n", "\n" + new string(' ', LabelWidth), StringComparison.Ordinal))
                .Append('\n');
    }

    /// <summary>All codes with their severity and title, by subject.</summary>
    public string List(ImmutableArray<FindingPage> pages)
    {
        var text = new StringBuilder();
        foreach (var group in FindingDocuments.Groups(pages))
        {
            text.Append(Paint("1", group.Key)).Append('\n');
            foreach (var page in group)
            {
                text.Append("  ").Append(page.Code.PadRight(9)).Append(Paint(ColourOf(page.Severity), page.SeverityWord.PadRight(9))).Append(page.Title).Append('\n');
            }

            text.Append('\n');
        }

        return text.Append(Paragraph.Wrap(FindingDocuments.Count(pages), width)).Append('\n').ToString();
    }

    private static string ColourOf(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => "31",
        FindingSeverity.Warning => "33",
        _ => "36",
    };

    private string Paint(string code, string text) => colour ? $"\e[{code}m{text}\e[0m" : text;
}
