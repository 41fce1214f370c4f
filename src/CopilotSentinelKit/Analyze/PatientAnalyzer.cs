using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Analyze;

/// <summary>Analyses batches of queries of others, of which one may be more than Kusto.Language can take: that one is reported, and the
/// rest of its batch is asked for again, each by itself.</summary>
internal sealed class PatientAnalyzer(IKqlAnalyzer inner)
{
    /// <summary>The analyses, in order; a query that ends the language service or silences it has that as its only finding.</summary>
    /// <exception cref="LanguageServiceException">The service is missing, or answers nothing at all.</exception>
    public async Task<ImmutableArray<KqlAnalysis>> AnalyzeAsync(
        KqlSchema schema, ImmutableArray<KqlRequest> requests, Action? analyzed, CancellationToken cancellation)
    {
        try
        {
            return await inner.AnalyzeAsync(schema, requests, analyzed, cancellation);
        }
        catch (LanguageServiceException fault) when (LanguageServiceErrors.IsOfOneQuery(fault) && requests.Length > 1)
        {
            var results = ImmutableArray.CreateBuilder<KqlAnalysis>(requests.Length);
            foreach (var request in requests)
            {
                results.AddRange(await AnalyzeAsync(schema, [request], null, cancellation));
            }

            return results.MoveToImmutable();
        }
        catch (LanguageServiceException fault) when (LanguageServiceErrors.IsOfOneQuery(fault))
        {
            var finding = new KqlDiagnostic(
                LanguageServiceErrors.RefusedCode, "Warning", 0, requests[0].Text.Length, $"This query could not be analysed, so it is not checked. {fault.Message}");
            return [new([finding], null, [], [], [], [], null) { IsOpen = true }];
        }
    }
}
