using System.Collections.Immutable;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>How bad a finding is; ordered, so that a threshold can be compared.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Information,

    /// <summary>Works, but probably not as meant.</summary>
    Warning,

    /// <summary>Sentinel would refuse it or silently lose something; nothing is written.</summary>
    Error,
}

/// <summary>A second place that a finding speaks of, such as the first use of a duplicate id.</summary>
/// <param name="Span">The place.</param>
/// <param name="Message">What is there, as a short phrase.</param>
public sealed record RelatedPlace(SourceSpan Span, string Message);

/// <summary>A change of a source text.</summary>
/// <param name="Span">What it replaces; of length 0 where it only inserts.</param>
/// <param name="Text">What takes its place.</param>
public sealed record TextEdit(SourceSpan Span, string Text);

/// <summary>The one right answer to a finding: edits of one file that do not overlap.</summary>
/// <param name="Title">What they do, as a short imperative: <c>Write "join kind=innerunique"</c>.</param>
/// <param name="Edits">The edits, by place.</param>
public sealed record TextFix(string Title, ImmutableArray<TextEdit> Edits);

/// <summary>A finding: what is wrong, where a person wrote it, and what to do.</summary>
/// <param name="Code">Stable code: CSK and four digits, or Kusto.Language's own (KS142).</param>
/// <param name="Severity">Error, warning or information.</param>
/// <param name="Span">Where to look.</param>
/// <param name="Message">Full sentences: what is wrong, then what to do; user text in double quotes.</param>
public sealed record Finding(string Code, FindingSeverity Severity, SourceSpan Span, string Message)
{
    /// <summary>Other places the message speaks of.</summary>
    public ImmutableArray<RelatedPlace> Related { get; init; } = [];

    /// <summary>What puts it right by itself, or null when a person has to decide.</summary>
    public TextFix? Fix { get; init; }

    /// <summary>Why it does not count, or null when it does.</summary>
    public Suppression? Suppression { get; init; }

    /// <summary>The same finding with one more place.</summary>
    public Finding With(SourceSpan span, string message) => this with { Related = Related.Add(new(span, message)) };

    /// <summary>The same finding with what puts it right, if anything does.</summary>
    internal Finding FixedBy(TextFix? fix) => this with { Fix = fix };

    internal static Finding Information(string code, SourceSpan span, string message) => new(code, FindingSeverity.Information, span, message);

    internal static Finding Error(string code, SourceSpan span, string message) => new(code, FindingSeverity.Error, span, message);

    internal static Finding Warning(string code, SourceSpan span, string message) => new(code, FindingSeverity.Warning, span, message);
}
