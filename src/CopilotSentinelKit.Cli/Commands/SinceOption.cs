using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using CopilotSentinelKit.Cli.Files;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>check --since: compares versions and identities with those of a git revision.</summary>
internal sealed class SinceOption
{
    public Option<string> Revision { get; } = Of("Compare with a git revision, such as origin/main: content that changed and kept its version, versions that fell, changed identities, rules that went without \"deprecated\". Counts from the last commit that both share.");

    /// <summary>The option --since of a command.</summary>
    /// <param name="description">What the command does with it.</param>
    public static Option<string> Of(string description) => new("--since")
    {
        Description = description,
        HelpName = "REF",
        CustomParser = argument =>
        {
            var written = argument.Tokens[0].Value;
            if (string.IsNullOrWhiteSpace(written) || written.StartsWith('-') || written.Contains('\0', StringComparison.Ordinal))
            {
                argument.AddError($"\"{written}\" is no git revision. Name a branch, a tag or a commit.");
            }

            return written;
        },
    };

    /// <summary>What changed that should not have, of the project or of the content in the roots; nothing when it was not asked for.</summary>
    /// <exception cref="IOException">There is no git, no repository or no such revision.</exception>
    public async Task<ImmutableArray<Finding>> FindAsync(ParseResult parsed, ImmutableArray<string> roots, Workbench bench, Compilation compilation)
    {
        if (parsed.GetValue(Revision) is not { } revision)
        {
            return [];
        }

        if (bench.Content is not null)
        {
            return await CompareContentAsync(revision, roots, bench, compilation);
        }

        var project = roots[0];
        var git = await GitRevision.OpenAsync(project, revision, bench.Cancellation);
        if (compilation.Pack is not { } pack)
        {
            return [];
        }

        var own = EditableFiles.OfProject(project);
        var gate = new VersionGate(
            revision,
            place => own.Contains(place.File),
            id => pack.LeftOut.Any(left => left.Value == id))
        {
            NowIsWhole = !compilation.HasErrors,
        };
        var now = compilation.Items.Select(ContentEntry.Of).ToImmutableArray();
        if (await ReadLockAsync(git, Path.Combine(project, pack.Output)) is { } released)
        {
            return gate.Compare(released, now);
        }

        var before = await PastProject.CompileAsync(git, project, bench);
        return
        [
            .. before.Findings.Where(finding => finding.Severity == FindingSeverity.Error).Take(1).Select(gate.Incomplete),
            .. gate.Compare([.. before.Items.Select(ContentEntry.Of)], now),
        ];
    }

    // Files that people already have need no language service to be compared: they are read, and that is all.
    private static async Task<ImmutableArray<Finding>> CompareContentAsync(string revision, ImmutableArray<string> roots, Workbench bench, Compilation compilation)
    {
        var before = new List<SpecFile>();
        foreach (var root in roots)
        {
            var folder = Directory.Exists(root) ? root : Path.GetDirectoryName(root)!;
            var git = await GitRevision.OpenAsync(folder, revision, bench.Cancellation);
            before.AddRange(await git.ReadAsync(folder, path => ContentFiles.IsContent(path) && Links.IsIn(root, Path.Combine(folder, path))));
        }

        var read = ContentReader.Read(before.DistinctBy(file => file.ShownPath));
        var gate = new VersionGate(revision, _ => true, _ => false) { NowIsWhole = !compilation.HasErrors };
        return gate.Compare([.. read.Items.Where(HasIdentity).Select(ContentEntry.Of)], [.. compilation.Items.Where(HasIdentity).Select(ContentEntry.Of)]);

        // A query in a file of text has neither id nor version.
        static bool HasIdentity(ContentItem item) => item.Origin != ContentOrigin.Kql;
    }

    // What was generated is what was released, where it is under version control.
    private static async Task<ImmutableArray<ContentEntry>?> ReadLockAsync(GitRevision git, string output)
    {
        if (!Directory.Exists(output) || await git.ReadAsync(output, path => path == LockFile.Path) is not [var file])
        {
            return null;
        }

        return LockFile.ReadContent(new(file.ShownPath, Encoding.UTF8.GetString(file.Bytes.Span).TrimStart('\uFEFF')));
    }
}
