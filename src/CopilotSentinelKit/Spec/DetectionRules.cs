using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>What the keys of a detection demand of one another.</summary>
internal static class DetectionRules
{
    private const string HasNoAlerts = "it is a saved query that people run, and raises no alerts.";
    private const string RunsByItself = "it runs every minute by itself, and any row raises an alert.";

    private static readonly (string Key, string Example) NeedsSeverity = ("severity", "severity: Medium");
    private static readonly (string Key, string Example) NeedsSchedule = ("schedule", "schedule: { every: 1h, lookback: 1h }");

    // What a query as it stands has no use for.
    private static readonly string[] MadeOfTemplates = ["template", "parameters"];

    private static readonly string[] AlertKeys =
        ["severity", "enabled", "schedule", "trigger", "details", "alert", "events", "incident", "suppression"];

    /// <summary>Adds a finding for each demand that is not met.</summary>
    /// <param name="keys">The keys whose values are good.</param>
    /// <param name="written">All keys as written: one whose value was wrong is not missing too.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public static void Check(SpecMap keys, YamlMap written, ICollection<Finding> findings)
    {
        CheckKind(keys, written, findings);
        if (written["query"] is null && written["template"] is null)
        {
            findings.Add(SpecFindings.NoQuery(keys.Place));
        }

        if (keys.Flag("verbatim") is { Value: true })
        {
            foreach (var key in MadeOfTemplates.Where(key => written[key] is not null))
            {
                findings.Add(SpecFindings.KeyNotVerbatim(keys.Key(key)?.Span ?? keys.Place, key));
            }
        }

        foreach (var reference in keys.Texts("references"))
        {
            if (CheckReference(reference) is { } finding)
            {
                findings.Add(finding);
            }
        }
    }

    private static void CheckKind(SpecMap keys, YamlMap written, ICollection<Finding> findings)
    {
        if (keys.Choice("kind", DetectionShape.Kinds) is not { } kind)
        {
            return;
        }

        var word = DetectionShape.Kinds.Word(kind.Value);
        foreach (var entry in written.Entries)
        {
            if (WhyNot(kind.Value, entry.Key.Value) is { } reason)
            {
                findings.Add(SpecFindings.KeyNotForKind(entry.Key.Span, entry.Key.Value, word, reason));
            }
        }

        foreach (var (key, example) in Needs(kind.Value).Where(need => written[need.Key] is null))
        {
            findings.Add(SpecFindings.KeyNeededForKind(kind.Span, key, word, $"\"{example}\""));
        }
    }

    /// <summary>The keys that a kind needs beyond those of every kind, each with an example.</summary>
    public static ImmutableArray<(string Key, string Example)> Needs(DetectionKind kind) => kind switch
    {
        DetectionKind.Scheduled => [NeedsSeverity, NeedsSchedule],
        DetectionKind.Nrt => [NeedsSeverity],
        _ => [],
    };

    /// <summary>Why a kind does not have a key, to put after a colon; null when it may have it.</summary>
    public static string? WhyNot(DetectionKind kind, string key) => kind switch
    {
        DetectionKind.Hunting when AlertKeys.Contains(key) => HasNoAlerts,
        DetectionKind.Nrt when key is "schedule" or "trigger" => RunsByItself,
        _ => null,
    };

    private static Finding? CheckReference(Spanned<string> reference)
    {
        if (!Uri.TryCreate(reference.Value, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp)
            || address.Host.Length == 0
            || reference.Value.Any(char.IsWhiteSpace))
        {
            return SpecFindings.NotAnAddress(reference.Span, reference.Value);
        }

        return address.Segments is [_, var first, ..] && IsLocale(first.TrimEnd('/'))
            ? SpecFindings.LocaleInAddress(reference.Span, first.TrimEnd('/')).FixedBy(WithoutLocale(reference, first.TrimEnd('/')))
            : null;
    }

    private static TextFix? WithoutLocale(Spanned<string> reference, string locale)
    {
        var host = reference.Value.IndexOf("://", StringComparison.Ordinal) + 3;
        var start = reference.Value.IndexOf('/', host);
        return start >= 0 && reference.Value.AsSpan(start + 1).StartsWith(locale)
            ? Fixes.Replace(reference.Span, reference.Value, reference.Value.Remove(start, locale.Length + 1))
            : null;
    }

    private static bool IsLocale(string segment) =>
        segment is [var a, var b, '-', var c, var d] && char.IsAsciiLetterLower(a) && char.IsAsciiLetterLower(b) && char.IsAsciiLetter(c) && char.IsAsciiLetter(d);
}
