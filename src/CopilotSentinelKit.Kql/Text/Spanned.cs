namespace CopilotSentinelKit.Kql.Text;

/// <summary>A value and the place in the YAML that a person wrote it.</summary>
/// <param name="Value">The value as read.</param>
/// <param name="Span">Where findings about it point.</param>
public readonly record struct Spanned<T>(T Value, SourceSpan Span)
{
    /// <summary>Another value that came from the same place.</summary>
    public Spanned<TResult> Select<TResult>(Func<T, TResult> map) => new(map(Value), Span);
}
