namespace CopilotSentinelKit.Kql.Evaluate;

/// <summary>A query that its engine would stop with an error, or a value whose meaning is uncertain: known only while rows are read.</summary>
public sealed class EvaluationException : Exception
{
    /// <summary>Without a message.</summary>
    public EvaluationException()
    {
    }

    /// <summary>What is wrong, as a full sentence.</summary>
    public EvaluationException(string message)
        : base(message)
    {
    }

    /// <summary>What is wrong, and what caused it.</summary>
    public EvaluationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static EvaluationException Of(string message) => new(message);
}
