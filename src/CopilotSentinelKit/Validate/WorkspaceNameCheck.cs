
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Tables and functions that nobody here knows: a workspace may have them, unless the name is a known one with a mistake.</summary>
internal static class WorkspaceNameCheck
{
    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context) =>
        analysis is null || item.GetQuery() is not { } query ? [] : Of(query, analysis, context);

    /// <summary>The findings about one query.</summary>
    public static IEnumerable<Finding> Of(Query query, KqlAnalysis analysis, ValidationContext context) =>
        Readable(query, analysis).Select(name => Of(name, query.Locate(name.Start, name.Length), context)).OfType<Finding>()
            .Concat(ToDeploy(query, analysis, context));

    // Behind a mistake of syntax, an operator or a column may be taken for a table.
    private static IEnumerable<UnknownName> Readable(Query query, KqlAnalysis analysis)
    {
        var mistakes = SyntaxMistake.In(query.Text, analysis.Diagnostics);
        return analysis.UnknownNames.Where(name => !mistakes.Any(mistake => mistake.Covers(name.Start)));
    }

    // ASIM's parsers are known with their columns, but those without an underscore are not in every workspace.
    private static IEnumerable<Finding> ToDeploy(Query query, KqlAnalysis analysis, ValidationContext context) =>
        from name in analysis.Functions
        where !name.StartsWith('_') && context.Schema.Catalog.FindFunction(name) is not null && context.Schema.Functions.All(own => own.Name != name)
        let place = analysis.Tree?.SelfAndDescendants().FirstOrDefault(node => node.Kind == "NameReference" && node.Source == name)
        where place is not null && WorkspaceFunctions.BuiltInFor(name) is not null && place.Enclosing("UnionOperator") is null
        select WorkspaceFindings.WorkspaceParser(query.Locate(place.Start, place.Length), name, WorkspaceFunctions.BuiltInFor(name)!);

    private static Finding? Of(UnknownName unknown, SourceSpan span, ValidationContext context)
    {
        var (name, use) = (unknown.Name, unknown.Use);
        if (context.Schema.Catalog.FindDefender(name) is not null)
        {
            return use == UnknownUse.FuzzyTable ? null : WorkspaceFindings.DefenderTable(span, name);
        }

        if (WorkspaceFunctions.BuiltInFor(name) is { } builtIn)
        {
            return use == UnknownUse.FuzzyTable ? null : WorkspaceFindings.WorkspaceParser(span, name, builtIn);
        }

        var near = NearMiss(name, context);
        return use switch
        {
            // A union that passes over what is not there is how people write for workspaces that differ.
            UnknownUse.FuzzyTable => near is null ? null : WorkspaceFindings.MisspeltInUnion(span, name, near),
            _ when near is not null => WorkspaceFindings.MisspeltName(span, name, near),
            UnknownUse.Function => WorkspaceFindings.UnknownFunction(span, name),
            _ => WorkspaceFindings.UnknownTable(span, name),
        };
    }

    // Names of a workspace's own are often like others of theirs (Fw1_CL, Fw2_CL), so only a slip of the pen counts: letter case, or one
    // letter in a name that is long.
    private static string? NearMiss(string name, ValidationContext context)
    {
        var known = context.Schema.Tables.Select(table => table.Name)
            .Concat(context.Schema.Functions.Where(function => !function.IsNamedByFile).Select(function => function.Name))
            .Concat(context.Schema.Catalog.Names)
            .Concat(WorkspaceFunctions.Names);
        return Nearest.Find(name, known) is { } near && IsSlip(name, near) ? near : null;
    }

    private static bool IsSlip(string name, string near)
    {
        if (name.Equals(near, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        // Events for Event.
        if (name.Length > 5 && (name == near + "s" || near == name + "s"))
        {
            return true;
        }

        if (name.EndsWith("_CL", StringComparison.Ordinal) || Math.Min(name.Length, near.Length) < 6 || Math.Abs(name.Length - near.Length) > 1)
        {
            return false;
        }

        var (start, end) = (0, 0);
        var shorter = Math.Min(name.Length, near.Length);
        while (start < shorter && char.ToUpperInvariant(name[start]) == char.ToUpperInvariant(near[start]))
        {
            start++;
        }

        while (end < shorter - start && char.ToUpperInvariant(name[^(end + 1)]) == char.ToUpperInvariant(near[^(end + 1)]))
        {
            end++;
        }

        var (left, right) = (name[start..^end], near[start..^end]);
        return left.Length <= 1 && right.Length <= 1 && !(left + right).Any(char.IsAsciiDigit);
    }
}
