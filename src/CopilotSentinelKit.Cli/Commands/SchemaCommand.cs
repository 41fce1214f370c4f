using System.Collections.Immutable;
using System.CommandLine;
using CopilotSentinelKit.Cli.Files;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk schema: JSON Schemas, with which editors check and complete specs.</summary>
internal static class SchemaCommand
{
    private static readonly ImmutableArray<SpecSchema> Schemas = [.. SpecSchema.All, CommunitySchema.Schema];

    public static Command Create(Terminal terminal)
    {
        var which = new Argument<SpecSchema?>("KIND")
        {
            Description = $"{string.Join(", ", Schemas.Select(schema => $"{schema.Name} ({schema.What})"))}. Left out: all of a project, which needs --out.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = Choice.One([.. Schemas.Select(schema => (schema.Name, (SpecSchema?)schema))]),
        };
        var folder = new Option<DirectoryInfo>("--out")
        {
            Description = $"Write files such as detection.json to this folder instead of printing; {SpecSchema.Folder} is a good one. "
                + "Then \"# yaml-language-server: $schema=../schemas/detection.json\" as the first line of a detection makes editors check it.",
            CustomParser = Choice.Folder,
            HelpName = "DIR",
        };
        var command = new Command("schema", "Prints the JSON Schema of a kind of file, for editors; made of the tables that the kit itself reads by.") { which, folder };
        command.SetAction((parsed, _) => RunAsync(terminal, parsed.GetValue(which), parsed.GetValue(folder)));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, SpecSchema? chosen, DirectoryInfo? folder)
    {
        if (folder is null)
        {
            if (chosen is null)
            {
                await terminal.Error.WriteLineAsync($"csk: error: Name one of {string.Join(", ", Schemas.Select(schema => schema.Name))}, or pass \"--out {SpecSchema.Folder}\" to write all of a project.");
                return ExitCodes.Usage;
            }

            await terminal.Data.WriteAsync(chosen.ToText());
            return ExitCodes.Clean;
        }

        try
        {
            foreach (var schema in chosen is null ? SpecSchema.All : [chosen])
            {
                var path = Path.Combine(folder.FullName, schema.FileName);
                SafeFile.Write(path, schema.ToText());
                await terminal.Out.WriteLineAsync($"{PackFolder.Shown(path)}: the schema of {schema.What}");
            }

            return ExitCodes.Clean;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await terminal.Error.WriteLineAsync($"csk: error: The schemas cannot be written: {fault.Message.TrimEnd('.')}.");
            return ExitCodes.Usage;
        }
    }
}
