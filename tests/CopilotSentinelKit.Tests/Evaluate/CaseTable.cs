using System.Collections.Immutable;

namespace CopilotSentinelKit.Tests.Evaluate;

/// <summary>KQL and what it gives: all of a table is analysed in one call, since each call costs more than a case.</summary>
internal sealed class CaseTable
{
    private readonly ImmutableArray<(string Kql, string Expected)> _cases;
    private readonly Lazy<Task<ImmutableArray<string>>> _results;

    private CaseTable(Func<string, string> query, Func<string, string> show, (string Kql, string Expected)[] cases)
    {
        _cases = [.. cases];
        _results = new(async () => [.. (await Evaluated.ShowAsync(_cases.Select(entry => query(entry.Kql)))).Select(show)]);
    }

    /// <summary>The cases for NUnit, by their KQL.</summary>
    public IEnumerable<TestCaseData> Cases => _cases.Select((entry, i) => new TestCaseData(i).SetArgDisplayNames(entry.Kql));

    /// <summary>Expressions and the value of each, as JSON.</summary>
    public static CaseTable OfExpressions(params (string Kql, string Expected)[] cases) =>
        new(expression => $"print x = {expression}", shown => shown.StartsWith("x: ", StringComparison.Ordinal) ? shown[3..] : shown, cases);

    /// <summary>Queries, and the columns and rows of each.</summary>
    public static CaseTable OfQueries(params (string Kql, string Expected)[] cases) => new(query => query, shown => shown, cases);

    /// <summary>Asserts one case.</summary>
    public async Task VerifyAsync(int index)
    {
        var (kql, expected) = _cases[index];
        Assert.That((await _results.Value)[index], Is.EqualTo(expected), kql);
    }
}
