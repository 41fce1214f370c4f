
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Backtest;

/// <summary>What a fault says of further requests.</summary>
internal enum FaultKind
{
    /// <summary>The endpoint ran the query, or read it, and stopped: it would stop again.</summary>
    Query,

    /// <summary>The endpoint gave no answer to this one.</summary>
    Service,

    /// <summary>No query will be answered: wrong address, no access.</summary>
    Access,
}

/// <summary>Why a request has no result.</summary>
/// <param name="Kind">What it says of further requests.</param>
/// <param name="At">The finding at a place.</param>
internal sealed record RemoteFault(FaultKind Kind, Func<SourceSpan, Finding> At)
{
    /// <summary>The same for an engine.</summary>
    public QueryProblem Problem(string query)
    {
        var finding = At(new SourceFile("query", query).All);
        return new(finding.Code, "", 0, query.Length, finding.Message, NotRunnable: Kind != FaultKind.Query);
    }

    public static RemoteFault Refused(string message) => new(FaultKind.Query, span => RemoteFindings.Refused(span, message));

    public static RemoteFault Incomplete(string message) => new(FaultKind.Query, span => RemoteFindings.Incomplete(span, message));
}
