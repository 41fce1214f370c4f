using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Testing;

/// <summary>Which tests to run.</summary>
/// <param name="Filter">A text that "target/name" must contain, without regard to case, or null for all.</param>
/// <param name="Source">The one source to run them on, or null for each.</param>
/// <param name="Schedule">Whether rules are replayed run by run, in place of one run of each test.</param>
public sealed record TestChoice(string? Filter = null, string? Source = null, bool Schedule = false)
{
    /// <summary>Files and folders of specs, as findings show paths; empty for all.</summary>
    public ImmutableArray<string> Paths { get; init; } = [];

    /// <summary>Whether mistakes are made in the queries, to see which the tests notice.</summary>
    public bool Mutate { get; init; }

    /// <summary>Whether all tests are chosen.</summary>
    internal bool IsAll => Filter is null && Source is null && Paths.IsEmpty;

    /// <summary>Whether a test is chosen.</summary>
    /// <param name="target">The id or name of what is tested.</param>
    /// <param name="name">The test's name and place.</param>
    internal bool Takes(string target, Spanned<string> name) =>
        (Filter is null || $"{target}/{name.Value}".Contains(Filter, StringComparison.OrdinalIgnoreCase))
        && TakesFile(name.Span.File.Path);

    /// <summary>Whether tests of a file are chosen.</summary>
    /// <param name="file">Its path, as findings show it.</param>
    public bool TakesFile(string file) =>
        Paths.IsEmpty || Paths.Any(path => path == "." || file == path || file.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal));
}
