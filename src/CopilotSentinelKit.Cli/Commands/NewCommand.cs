using System.CommandLine;
using CopilotSentinelKit.Cli.Scaffold;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk new: a spec to go on from, which compiles and whose tests pass.</summary>
internal sealed class NewCommand(Terminal terminal)
{
    private readonly CompileRun _run = new(terminal);

    private readonly Argument<NewSpec?> _kind = new("KIND")
    {
        Description = $"{string.Join(", ", NewSpec.All.Select(kind => $"{kind.Name} ({kind.What})"))}.",
        CustomParser = Choice.One([.. NewSpec.All.Select(kind => (kind.Name, (NewSpec?)kind))]),
    };

    private readonly Argument<string?> _id = new("ID")
    {
        Description = "Its id, such as my-detection; a watchlist's alias, a field's name, or what to test: an id, or the path of an existing rule, hunt, parser, template, workbook or .kql file. Left out: asked on a terminal.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _name = new("--name")
    {
        Description = "The name that Sentinel shows. Left out: the id in words.",
        HelpName = "TEXT",
    };

    private readonly Option<string?> _item = new("--item")
    {
        Description = "Of a file that has several queries, the name or id of the one to test.",
        HelpName = "NAME",
    };

    public static Command Create(Terminal terminal) => new NewCommand(terminal).Create();

    private Command Create()
    {
        _name.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var name }] && (name.Trim().Length == 0 || name.Any(char.IsControl)))
            {
                result.AddError("--name: Write the name in one line of text.");
            }
        });
        var command = new Command("new", "Makes a detection, hunt, workbook, watchlist, summary rule, automation rule, field or test in the project: one that compiles and passes, to go on from. Overwrites nothing.") { _kind, _id, _name, _item, _run.Project };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var kind = parsed.GetRequiredValue(_kind)!;
        var folder = parsed.GetRequiredValue(_run.Project).FullName;
        if (kind.Name == NewSpec.Test && parsed.GetValue(_id) is { } path && Path.HasExtension(path) && File.Exists(path))
        {
            return await new NewContentTest(terminal, _run).WriteAsync(parsed, path, parsed.GetValue(_item), cancellation);
        }

        try
        {
            var files = _run.ReadProject(parsed);
            if (!PackFolder.KitFiles(folder).Any())
            {
                return await terminal.FailAsync($"There is no kit.yaml in \"{PackFolder.Shown(folder)}\", so it is no project. Make it one with \"csk init\", or name a project with --project.");
            }

            var findings = new List<Finding>();
            var pack = Compiler.Load(files.Shipped, files.Own, findings);
            var id = parsed.GetValue(_id)
                ?? Questions.Ask(terminal, kind.Name == NewSpec.Test ? "What to test" : $"Id of the {kind.Name}", "", text => Mistake(kind, text, pack));
            if (id.Length == 0)
            {
                return await terminal.FailAsync($"Name the {kind.Name}, as in \"csk new {kind.Name} {Example(kind)}\".");
            }

            if (Mistake(kind, id, pack) is { } mistake)
            {
                return await terminal.FailAsync(mistake);
            }

            var name = parsed.GetValue(_name) ?? InWords(id);
            return kind.Name == NewSpec.Field ? await AddFieldAsync(folder, kind, id, name) : await WriteAsync(folder, kind, id, name);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return await terminal.FailAsync(fault.Message);
        }
    }

    private async Task<int> WriteAsync(string folder, NewSpec kind, string id, string name)
    {
        var files = kind.Files.Select(file => new ScaffoldFile(PathOf(file.Path, id), ScaffoldTemplates.Spec(folder, file.Template, id, name))).ToList();
        if (files.Find(file => Path.Exists(Path.Combine(folder, file.Path))) is { } there)
        {
            return await terminal.FailAsync($"\"{PackFolder.Shown(Path.Combine(folder, there.Path))}\" is there already, and nothing was written. {(kind.Name == NewSpec.Test ? "Add the tests to it." : "Choose another id.")}");
        }

        var result = ScaffoldWriter.Write(folder, files);
        foreach (var path in result.Written)
        {
            await terminal.Out.WriteLineAsync("new   " + PackFolder.Shown(Path.Combine(folder, path)));
        }

        await NextAsync(folder, kind, id, files[0].Path);
        return ExitCodes.Clean;
    }

    private async Task<int> AddFieldAsync(string folder, NewSpec kind, string id, string name)
    {
        var (template, relative) = kind.Files[0];
        var path = Path.Combine(folder, relative);
        if (!File.Exists(path))
        {
            return await WriteAsync(folder, kind, id, name);
        }

        var added = ScaffoldTemplates.Spec(folder, template, id, name);
        var source = new SourceFile(PackFolder.Shown(path), (await File.ReadAllTextAsync(path)).TrimStart('\uFEFF'));
        if (MappingFields.Add(source.Text, added) is not { } text)
        {
            return await terminal.FailAsync($"The fields of \"{source.Path}\" are written in braces, to which csk adds nothing. Write them in lines below \"fields:\", or add the field {id} yourself.");
        }

        EditableFiles.OfProject(folder).Write(source, text);
        await terminal.Out.WriteLineAsync($"added {id} to {source.Path}");
        await NextAsync(folder, kind, id, relative);
        return ExitCodes.Clean;
    }

    private async Task NextAsync(string folder, NewSpec kind, string id, string path)
    {
        var project = PackFolder.Shown(folder) == "." ? "" : " --project " + PackFolder.Shown(folder);
        await terminal.Out.WriteLineAsync("Next:");
        await terminal.Out.WriteLineAsync($"  - Edit {PackFolder.Shown(Path.Combine(folder, path))}.");
        await terminal.Out.WriteLineAsync($"  - csk {(kind.Files.Any(file => file.Path.StartsWith("rules/tests/", StringComparison.Ordinal)) ? $"test{project} --filter {id}/" : $"check{project}")}");
        await terminal.Out.WriteLineAsync($"  - csk generate{project}");
    }

    private static string? Mistake(NewSpec kind, string id, ResolvedPack? pack)
    {
        if (!kind.Accepts(id))
        {
            return $"\"{id}\" is no name for a {kind.Name}: it is of {kind.IdForm.Expected}.";
        }

        var known = pack is null ? [] : kind.Ids(pack).ToList();
        var isThere = known.Exists(other => string.Equals(other, id, StringComparison.OrdinalIgnoreCase));
        if (kind.Name == NewSpec.Test)
        {
            return pack is null || known.Contains(id) ? null : $"There is no detection, hunt or parser \"{id}\".{Nearest.Hint(id, known)} \"csk list\" shows them.";
        }

        return !isThere ? null
            : kind.Name == NewSpec.Field ? $"The field {id} is there already. Choose another name, or change it in rules/mapping.yaml with \"override: true\"."
            : $"The {kind.Name} \"{id}\" is there already. Choose another id; what came with csk is changed in kit.yaml, or by a file with \"override: true\".";
    }

    private static string Example(NewSpec kind) => kind.Name switch
    {
        "watchlist" => "ContosoVips",
        NewSpec.Field => "Department",
        NewSpec.Test => "copilot-jailbreak-attempt",
        _ => "my-" + kind.Name,
    };

    private static string PathOf(string pattern, string id) => pattern.Replace("{0}", id, StringComparison.Ordinal);

    private static string InWords(string id)
    {
        var words = id.Replace('-', ' ').Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
