using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Testing;

/// <summary>A test on one source, ready to run.</summary>
/// <param name="Target">What is tested.</param>
/// <param name="Spec">The test as written.</param>
/// <param name="Source">The source that the events are in, <see cref="AllSources"/>, or empty for a test that is given rows alone.</param>
/// <param name="Workspace">Every row of the test, with the time at which it arrives; what has not arrived yet, too.</param>
internal sealed record TestCase(TestTarget Target, TestSpec Spec, string Source, EvaluationWorkspace Workspace)
{
    /// <summary>What a test is called that finds its events in every source.</summary>
    public const string AllSources = "all sources";
}

/// <summary>A detection, hunt or parser that has tests.</summary>
/// <param name="Name">Its id, or the name of the parser.</param>
/// <param name="Place">Where that was written.</param>
/// <param name="IsParser">Whether it is a parser.</param>
/// <param name="Query">What is run.</param>
/// <param name="Origin">The same with the places of its parts.</param>
/// <param name="Schedule">When it runs and how much it sees; null for all but scheduled rules.</param>
/// <param name="Columns">The columns that it returns.</param>
internal sealed record TestTarget(string Name, SourceSpan Place, bool IsParser, EngineQuery Query, Query Origin, Schedule? Schedule, ImmutableArray<Column> Columns)
{
    /// <summary>Columns that say what an alert is about.</summary>
    public ImmutableHashSet<string> EntityColumns { get; init; } = [];

    /// <summary>What the query is bound against.</summary>
    public required KqlSchema Schema { get; init; }

    /// <summary>The analytics rule that it is, whose rows become alerts; null for all else.</summary>
    public AnalyticsRule? Rule { get; init; }

    /// <summary>How far back a run of it sees, or null for everything.</summary>
    public TimeSpan? Period => Schedule?.Period.Value;
}
