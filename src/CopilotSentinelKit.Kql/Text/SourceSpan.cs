namespace CopilotSentinelKit.Kql.Text;

/// <summary>A range of a <see cref="SourceFile"/>.</summary>
/// <param name="File">The text it lies in.</param>
/// <param name="Start">UTF-16 offset of its first character.</param>
/// <param name="Length">Number of UTF-16 units; 0 marks a position.</param>
public readonly record struct SourceSpan(SourceFile File, int Start, int Length)
{
    /// <summary>The 1-based line and column where it starts.</summary>
    public (int Line, int Column) Position => File.GetPosition(Start);

    /// <summary>The text it covers.</summary>
    public string Text => File.Text.Substring(Start, Length);

    /// <summary>"path:line:column", the form that editors and terminals turn into a link.</summary>
    public override string ToString() => FormattableString.Invariant($"{File.Path}:{Position.Line}:{Position.Column}");
}
