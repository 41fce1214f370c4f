using System.Text;

namespace CopilotSentinelKit.Cli.Scaffold;

/// <summary>What csk convert says at its end.</summary>
internal static class ConversionText
{
    /// <summary>The files, the counts, and what to do next.</summary>
    /// <param name="made">What was converted.</param>
    /// <param name="written">What became of the files.</param>
    /// <param name="folder">The folder that they went to.</param>
    public static string Of(ConvertedContent made, ScaffoldWriter.Result written, string folder)
    {
        var text = new StringBuilder(ImportText.Files(written, folder));
        text.Append(made.Read.Specs.IsEmpty ? "Converted nothing." : $"Converted {Summary.Of(made.Read.Specs.Select(spec => spec.Item))}.");
        if (!made.Read.NotTaken.IsEmpty)
        {
            text.Append($" Not converted, for what is said above: {Summary.Of(made.Read.NotTaken)}.");
        }

        if (!made.Read.Others.IsEmpty)
        {
            text.Append($" Left where they are, since only rules and hunts are converted: {Summary.Of(made.Read.Others)}.");
        }

        text.Append('\n');
        return made.Read.Specs.IsEmpty ? text.ToString() : text.Append($"Next:\n  - csk check {PackFolder.Shown(folder)}\n").ToString();
    }
}
