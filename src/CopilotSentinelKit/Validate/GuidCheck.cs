
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>GUIDs are there and were generated, not typed: no runs of digits, version 1 to 8 and the variant of RFC 9562 (bits 10).</summary>
internal static class GuidCheck
{
    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item.Guid == Guid.Empty)
        {
            if (item.Origin == ContentOrigin.Spec || Guid.TryParse(item.Id.Value, out _))
            {
                yield return ContentFindings.EmptyGuid(item.Id.Span);
            }
        }
        else if (item.Guid.Version is < 1 or > 8 || item.Guid.Variant is < 0b1000 or > 0b1011)
        {
            yield return ContentFindings.MalformedGuid(item.Id.Span, item.Guid);
        }
        else if (IsPatterned(item.Guid.ToString("N")))
        {
            yield return ContentFindings.PatternedGuid(item.Id.Span, item.Guid);
        }
    }

    // Runs such as 1111, 1234 and a1b2c3: of 30 digits at random, two follow a digit's neighbour or itself in this way, not sixteen.
    private static bool IsPatterned(string digits)
    {
        int[] values = [.. digits.Select(digit => Convert.ToInt32(digit.ToString(), 16))];
        return Steps(1, 0) >= 16 || Steps(1, 1) >= 16 || Steps(1, 15) >= 16 || Steps(2, 1) >= 16 || Steps(2, 15) >= 16;

        int Steps(int apart, int difference) => Enumerable.Range(0, values.Length - apart).Count(i => (values[i + apart] - values[i] + 16) % 16 == difference);
    }
}
