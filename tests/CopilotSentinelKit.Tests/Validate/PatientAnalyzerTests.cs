using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Tests.Validate;

internal sealed class PatientAnalyzerTests
{
    [Test]
    public async Task A_query_that_silences_the_service_is_named_and_the_others_are_analysed()
    {
        var results = await AnalyzeAsync("CSK0904", "T", "bad", "U");
        Assert.That(results.Select(result => string.Join(',', result.Diagnostics.Select(finding => $"{finding.Severity} {finding.Code}"))), Is.EqualTo(["", "Warning CSK0907", ""]));
        Assert.That(results[1].Diagnostics[0].Message, Does.StartWith("This query could not be analysed"));
        Assert.That(results.Select(result => result.Tables.SingleOrDefault()), Is.EqualTo(["T", null, "U"]));
    }

    [Test]
    public void A_service_that_is_missing_stops_the_run() =>
        Assert.That(() => AnalyzeAsync("CSK0901", "T", "bad"), Throws.TypeOf<LanguageServiceException>());

    private static Task<ImmutableArray<KqlAnalysis>> AnalyzeAsync(string code, params string[] queries) =>
        new PatientAnalyzer(new Fragile(code)).AnalyzeAsync(Sample.Schema, [.. queries.Select(text => new KqlRequest(text, []))], null, CancellationToken.None);

    private sealed class Fragile(string code) : IKqlAnalyzer
    {
        public Task<ImmutableArray<KqlAnalysis>> AnalyzeAsync(
            KqlSchema schema, ImmutableArray<KqlRequest> requests, Action? analyzed, CancellationToken cancellation) =>
            requests.Any(request => request.Text == "bad")
                ? throw new LanguageServiceException(code, "It fell silent.", null)
                : Task.FromResult(requests.Select(request => new KqlAnalysis([], [], [request.Text], [], [], [], null)).ToImmutableArray());
    }
}
