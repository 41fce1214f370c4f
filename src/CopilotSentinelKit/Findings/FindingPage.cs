using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings;

/// <summary>What is to be known of a finding's code.</summary>
/// <param name="Code">CSK and four digits, or Kusto.Language's own (KS142).</param>
/// <param name="Title">A few words, such as "Unknown entity type".</param>
/// <param name="Severity">The severity of the finding unless a project sets another.</param>
/// <param name="ProtectsFrom">A sentence: what would happen without the check.</param>
/// <param name="AlsoIn">The other tools that make the check, in words with commas; <see cref="NoneKnown"/> for none.</param>
/// <param name="Body">Why it matters, what to do and where the fact is from: Markdown, paragraphs parted by an empty line.</param>
/// <param name="Examples">Texts that give the finding and neighbours that do not; empty where no single file can show it.</param>
public sealed record FindingPage(
    string Code,
    string Title,
    FindingSeverity Severity,
    string ProtectsFrom,
    string AlsoIn,
    string Body,
    ImmutableArray<FindingExample> Examples)
{
    /// <summary>What <see cref="AlsoIn"/> says when no other tool is known to make the check.</summary>
    public const string NoneKnown = "none known";

    /// <summary>What <see cref="AlsoIn"/> says of what is about the kit's own files, which no other tool reads.</summary>
    public const string DoesNotApply = "does not apply";

    /// <summary>The subject that it is listed under.</summary>
    public string Group { get; init; } = "";

    /// <summary>Why there are no examples; null when there are.</summary>
    public string? NoExample { get; init; }

    /// <summary>Whether no other tool is known to make the check.</summary>
    public bool IsAlone => AlsoIn == NoneKnown;

    /// <summary>The severity as reports write it: error, warning or note.</summary>
    public string SeverityWord => Severity switch
    {
        FindingSeverity.Error => "error",
        FindingSeverity.Warning => "warning",
        _ => "note",
    };
}

/// <summary>A text that shows a finding or its absence.</summary>
/// <param name="Language">yaml, kql, json or text, as after the fence of a Markdown block.</param>
/// <param name="GivesFinding">Whether it gives the finding; a neighbour that does not otherwise.</param>
/// <param name="Kind">What the text is: detection, hunt, watchlist, workbook, mapping, kit, rule, huntingRule, parser, arm or kql. Of the first four and
/// of community YAML it holds only what matters; the rest of the file is sound.</param>
/// <param name="Text">The text, lines that end in LF.</param>
public sealed record FindingExample(string Language, bool GivesFinding, string Kind, string Text);
