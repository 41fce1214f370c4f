using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Cli.Scaffold;

/// <summary>What csk import says at its end.</summary>
internal static class ImportText
{
    private const int MostPaths = 20;
    private const int MostNames = 30;

    /// <summary>The files, the counts, and what to do next.</summary>
    /// <param name="made">What was imported.</param>
    /// <param name="written">What became of the files.</param>
    /// <param name="folder">The folder that they went to.</param>
    /// <param name="project">The project's folder.</param>
    public static string Of(ImportedFiles made, ScaffoldWriter.Result written, string folder, string project)
    {
        var text = new StringBuilder(Files(written, folder));
        text.Append(Counts(made)).Append('\n');
        var next = Next(made, project).ToList();
        return next.Count == 0 ? text.ToString() : text.Append("Next:\n").AppendJoin("", next.Select(step => $"  - {step}\n")).ToString();
    }

    /// <summary>What became of each file, a line each.</summary>
    public static string Files(ScaffoldWriter.Result written, string folder) =>
        string.Concat(Paths(written.Written, folder).Select(path => $"new   {path}\n").Concat(written.Kept.Select(path => $"kept  {Shown(folder, path)} (it was there before and says something else)\n")));

    // Many files are counted by folder.
    private static IEnumerable<string> Paths(ImmutableArray<string> written, string folder) => written.Length <= MostPaths
        ? written.Select(path => Shown(folder, path))
        : written.GroupBy(path => path[..path.LastIndexOf('/')]).Select(group => $"{Shown(folder, group.Key)}: {Counted.Of(group.Count(), "file")}");

    private static string Counts(ImportedFiles made)
    {
        var read = made.Read;
        var text = new StringBuilder(read.Specs.IsEmpty ? "Imported nothing." : $"Imported {Summary.Of(read.Specs.Select(spec => spec.Item))}.");
        if (!read.NotTaken.IsEmpty)
        {
            text.Append($" Not imported, for what is said above: {Summary.Of(read.NotTaken)}.");
        }

        if (!read.There.IsEmpty)
        {
            text.Append($" In the project already, by their GUIDs: {Summary.Of(read.There)}.");
        }

        if (!read.Others.IsEmpty)
        {
            text.Append($" Left where they are, since only rules and hunts are imported: {Summary.Of(read.Others)}.");
        }

        if (read.PassedOver > 0)
        {
            text.Append($" Passed over {Counted.Of(read.PassedOver, "file")} without content.");
        }

        if (read.Specs.Count(spec => string.IsNullOrWhiteSpace(spec.Item.Version.Value)) is > 0 and var unversioned)
        {
            text.Append($" {unversioned} had no version, and {(unversioned == 1 ? "has" : "have")} 1.0.0 now.");
        }

        if (made.Untested > 0)
        {
            text.Append($" {Counted.Of(made.Untested, "spec")} without a test: {(made.Untested == 1 ? "it finds" : "they find")} something where nothing happened, or csk cannot run {(made.Untested == 1 ? "it" : "them")} offline.");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Next(ImportedFiles made, string project)
    {
        if (made.Read.Specs.IsEmpty)
        {
            yield break;
        }

        if (!made.Unknown.IsEmpty)
        {
            yield return $"Declare what only your workspace has in kit.yaml, with its columns, and csk checks them: {Names(made.Unknown)}.";
        }

        var option = PackFolder.Shown(project) == "." ? "" : " --project " + PackFolder.Shown(project);
        yield return $"csk check{option}";
        yield return $"csk generate{option}";
        yield return "Add to the tests what each rule must find.";
    }

    private static string Names(ImmutableArray<(string Name, UnknownUse Use, int Queries)> unknown)
    {
        var parts = unknown.GroupBy(name => name.Use == UnknownUse.Function ? "functions" : "tables or functions").OrderByDescending(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key} {string.Join(", ", Listed([.. group.OrderByDescending(name => name.Queries).ThenBy(name => name.Name, StringComparer.Ordinal)]))}");
        return string.Join("; ", parts);
    }

    private static IEnumerable<string> Listed(ImmutableArray<(string Name, UnknownUse Use, int Queries)> names) =>
        names.Take(MostNames).Select(name => HarmlessText.Line(name.Name) + (name.Queries > 1 ? $" ({name.Queries} queries)" : ""))
            .Concat(names.Length > MostNames ? [$"{names.Length - MostNames} more, which csk check names"] : []);

    private static string Shown(string folder, string path) => PackFolder.Shown(Path.Combine(folder, path));
}
