
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>A YAML file as the Azure-Sentinel repository has it to a rule, a hunting query, a parser or a summary rule.</summary>
internal static class CommunityReader
{
    /// <summary>The content, none for a file that is something else or too broken to tell, and why it was passed over then.</summary>
    public static (IReadOnlyList<ContentItem> Items, PassedReason Reason) Read(SourceFile source, ICollection<Finding> findings)
    {
        var ofYaml = new List<Finding>();
        var root = YamlReader.Read(source, ofYaml);
        var kind = root is null && Broken.LooksLikeContent(source.Text) ? CommunityKind.Broken : CommunityForm.Of(root, source.Path);
        if (kind is CommunityKind.Spec)
        {
            return ([], PassedReason.Spec);
        }

        if (CommunityForm.IsTemplate(root))
        {
            return ([], PassedReason.Example);
        }

        if (kind is CommunityKind.None)
        {
            // What is no YAML at all may be a query under a name of YAML's.
            return root is null or YamlText && BareKql.Looks(source.Text) ? ([.. PlainQuery.Items(source)], PassedReason.Gaps)
                : YamlQueries.Of(root, Path.GetFileNameWithoutExtension(source.Path)).ToList() is [_, ..] queries ? (queries, PassedReason.Other)
                : ([], root is YamlMap sigma && YamlQueries.IsSigma(sigma) ? PassedReason.Sigma : PassedReason.Other);
        }

        // Placeholders without quotes are reported as such.
        foreach (var finding in ofYaml.Where(finding => finding.Code != "CSK0111" || finding.Span.Text is not ['{', ..]).Select(finding => Foreign(finding, source)).OfType<Finding>())
        {
            findings.Add(finding);
        }

        return (root is YamlMap map && ReadContent(kind, map, findings) is { } item ? [item] : [], PassedReason.Other);
    }

    private static ContentItem? ReadContent(CommunityKind kind, YamlMap map, ICollection<Finding> findings) => kind switch
    {
        CommunityKind.Rule => RuleReader.Read(new(map, CommunityShapes.Rule, findings)),
        CommunityKind.Hunt => HuntReader.Read(new(map, CommunityShapes.Hunt, findings)),
        CommunityKind.Parser => ParserReader.ReadFunction(new(map, CommunityShapes.Parser, findings)),
        CommunityKind.Summary => SummaryReader.Read(new(map, CommunityShapes.Summary, findings)),
        CommunityKind.AsimParser => ParserReader.ReadAsim(new(map, CommunityShapes.AsimParser, findings)),
        _ => null,
    };

    /// <summary>What a finding about a spec's YAML means for a file of others: some of what specs must not have is harmless there.</summary>
    private static Finding? Foreign(Finding finding, SourceFile source) => finding.Code switch
    {
        // Tags only say what type a value has, and an empty document after the last "---" says nothing.
        "CSK0110" => null,
        "CSK0108" => Broken.LooksLikeContent(source.Text[finding.Span.Start..]) ? CommunityFindings.SecondDocument(finding.Span) : null,
        _ => finding,
    };
}
