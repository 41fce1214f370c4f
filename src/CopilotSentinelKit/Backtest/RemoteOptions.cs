namespace CopilotSentinelKit.Backtest;

/// <summary>Gives a bearer token for an endpoint; asked before each request, so it keeps what is still good.</summary>
/// <exception cref="SignInException">There is none.</exception>
public delegate ValueTask<string> TokenSource(CancellationToken cancellation);

/// <summary>There is no token: nobody is signed in, or may not be.</summary>
public sealed class SignInException : Exception
{
    /// <summary>Without a reason.</summary>
    public SignInException()
    {
    }

    /// <summary>Why, as a sentence.</summary>
    public SignInException(string message)
        : base(message)
    {
    }

    /// <summary>Why, and what caused it.</summary>
    public SignInException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>How patient a client of an endpoint is.</summary>
public sealed record RemoteOptions
{
    /// <summary>Requests for one query, the first included.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>The wait after the first failed attempt where the endpoint names none; it doubles with each further one.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait, also where the endpoint (Retry-After) asks for more: then the client gives up.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The largest answer that is read, in bytes, unpacked. Log Analytics itself gives at most 64 MB.</summary>
    public int MostBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How long the endpoint may work on a query; the client waits a little longer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(4);
}
