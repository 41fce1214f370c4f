using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Analyze;

/// <summary>Tells names that a workspace may have (custom tables, functions) from mistakes in a query of others.</summary>
internal static partial class WorkspaceNames
{
    private static readonly string[] TabularParents = ["LetStatement", "ExpressionStatement", "FunctionBody"];

    /// <summary>The query as it is analysed: <c>workspace("other").</c> before a table is blank, because the table is one all the same.
    /// What the portal puts into a hunt has a value.</summary>
    public static string Analysable(string kql) => Workspace().Replace(ForeignQuery.StandIns(kql), match => Blank().Replace(match.Value, " "));

    /// <summary>The analysis with the names that only the workspace may know taken out of its findings, and what follows from them.</summary>
    /// <param name="analysis">What Kusto.Language says.</param>
    /// <param name="kql">The query.</param>
    /// <param name="known">Names that are there but have no columns that are known.</param>
    /// <param name="watchlists">Watchlists whose columns are known.</param>
    public static KqlAnalysis Separate(KqlAnalysis analysis, string kql, IReadOnlySet<string> known, ImmutableArray<KqlWatchlist> watchlists)
    {
        var uses = analysis.Diagnostics
            .Select(finding => (Finding: finding, Name: NameAt(kql, finding), Use: UseOf(finding, kql, analysis.Tree)))
            .ToImmutableArray();
        var hasUnknownList = analysis.Watchlists.Any(alias => watchlists.All(watchlist => watchlist.Alias != alias));
        if (uses.All(use => use.Use is null && !IsWildcard(use.Finding, use.Name)) && !hasUnknownList)
        {
            return analysis;
        }

        var places = uses.Where(use => use.Use is not null || IsWildcard(use.Finding, use.Name)).Select(use => use.Finding.Start).ToImmutableArray();
        var doubt = new Doubt(analysis.Tree, kql, places
            .Concat(hasUnknownList ? Watchlist().Matches(kql).Select(match => match.Index) : []));
        var unknown = uses.Where(use => use.Use is not null).ToImmutableArray();
        var isRemote = unknown.Any(use => WorkspaceFunctions.IsRemote(use.Name));
        return analysis with
        {
            Diagnostics =
            [
                .. uses.Where(use => use.Use is null && (IsWildcard(use.Finding, use.Name) || !FollowsFrom(use.Finding)))
                    .Select(use => IsWildcard(use.Finding, use.Name) ? use.Finding with { Severity = "Warning" } : use.Finding),
            ],
            Functions = [.. analysis.Functions.Union(unknown.Select(use => use.Name).Where(known.Contains), StringComparer.Ordinal)],
            IsOpen = analysis.IsOpen || isRemote || doubt.ReachesResult,
            UnknownNames =
            [
                .. unknown.Where(use => !known.Contains(use.Name) && !WorkspaceFunctions.IsBuiltIn(use.Name) && !WorkspaceFunctions.IsRemote(use.Name))
                    .DistinctBy(use => use.Name)
                    .Select(use => new UnknownName(use.Name, use.Use!.Value, use.Finding.Start, use.Finding.Length)),
            ],
        };

        bool FollowsFrom(KqlDiagnostic finding) => IsAboutMeaning(finding) && (isRemote || doubt.Covers(finding.Start) || HasCause(finding));

        // The types of an operator with an operand that is not known.
        bool HasCause(KqlDiagnostic finding) => analysis.Tree is { } tree && ServiceRules.NodeAt(tree, finding.Start, finding.Length) is var node
            && node.Parent is not null && places.Any(place => place >= node.Start && place < node.End);
    }

    // A wildcard of a union that matches no table here may match some in a workspace.
    private static bool IsWildcard(KqlDiagnostic finding, string name) =>
        finding.Code == "KS142" && name.Contains('*', StringComparison.Ordinal) && finding.Message.Contains("known table", StringComparison.Ordinal);

    /// <summary>Tables that a query names in a way in which Kusto.Language does not go on without knowing them; it should be asked again
    /// with them as tables of any columns.</summary>
    public static IEnumerable<string> ToDeclare(KqlAnalysis analysis, string kql) =>
        from finding in analysis.Diagnostics
        where finding.Code == "KS142" && UseOf(finding, kql, analysis.Tree) is not null
        select NameAt(kql, finding);

    private static UnknownUse? UseOf(KqlDiagnostic finding, string kql, SyntaxNode? tree) => finding.Code switch
    {
        "KS204" => UnknownUse.Table,
        "KS205" => UnknownUse.FuzzyTable,
        "KS211" => UnknownUse.Function,
        "KS142" when NameAt(kql, finding) is var name && (name.EndsWith("_CL", StringComparison.Ordinal) || WorkspaceFunctions.IsBuiltIn(name)) => UnknownUse.Table,
        "KS142" when tree is not null && IsTabular(tree, finding) => UnknownUse.Table,
        _ => null,
    };

    // A name that is all of a statement or of a function's body: a table, because a misspelt column has a table before it.
    private static bool IsTabular(SyntaxNode tree, KqlDiagnostic finding) => tree.SelfAndDescendants()
        .Where(node => TabularParents.Contains(node.Kind))
        .SelectMany(node => node.Children)
        .Select(Unwrapped)
        .Any(child => child.Kind == "NameReference" && child.Start == finding.Start && child.Length == finding.Length);

    private static SyntaxNode Unwrapped(SyntaxNode node) =>
        node is { Kind: "ParenthesizedExpression" } && node["Expression"] is { } inner ? Unwrapped(inner) : node;

    // Numbers below 100 are about syntax, which no table can change.
    private static bool IsAboutMeaning(KqlDiagnostic finding) =>
        int.TryParse(finding.Code.AsSpan(Math.Min(2, finding.Code.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 100;

    /// <summary>The name that a finding is about, without brackets and quotes.</summary>
    public static string NameAt(string kql, KqlDiagnostic finding)
    {
        var start = Math.Clamp(finding.Start, 0, kql.Length);
        return kql.Substring(start, Math.Clamp(finding.Length, 0, kql.Length - start)).Trim('[', ']', '\'', '"', ' ');
    }

    [GeneratedRegex(@"\bworkspace\s*\(\s*[^()]*\)\s*\.\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Workspace();

    [GeneratedRegex(@"[^\r\n]")]
    private static partial Regex Blank();

    [GeneratedRegex(@"\b_GetWatchlist\b", RegexOptions.CultureInvariant)]
    private static partial Regex Watchlist();
}
