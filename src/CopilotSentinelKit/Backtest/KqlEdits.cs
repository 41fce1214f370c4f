using System.Text;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Backtest;

/// <summary>Changes of a KQL text, by the offsets of its syntax tree; they may stand side by side, not overlap.</summary>
internal sealed class KqlEdits
{
    private readonly List<(int Start, int End, string Text)> _edits = [];

    public void Replace(SyntaxNode node, string text) => Replace(node.Start, node.End, text);

    public void Replace(int start, int end, string text) => _edits.Add((start, end, text));

    public void InsertAfter(SyntaxNode node, string text) => _edits.Add((node.End, node.End, text));

    /// <summary>A part of the text with the changes made.</summary>
    public string Apply(string text, int start, int end)
    {
        var result = new StringBuilder();
        var place = start;
        foreach (var edit in _edits.Where(edit => edit.Start >= start && edit.End <= end).OrderBy(edit => edit.Start).ThenBy(edit => edit.End))
        {
            if (edit.Start < place)
            {
                throw new InvalidOperationException("Two changes of a query overlap.");
            }

            result.Append(text, place, edit.Start - place).Append(edit.Text);
            place = edit.End;
        }

        return result.Append(text, place, end - place).ToString();
    }
}
