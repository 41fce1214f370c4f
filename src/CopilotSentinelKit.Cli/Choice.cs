using System.CommandLine.Parsing;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Cli;

/// <summary>Reads option values, with messages that name what a person typed and what would do instead.</summary>
internal static class Choice
{
    /// <summary>A folder; it need not exist.</summary>
    public static DirectoryInfo? Folder(ArgumentResult argument)
    {
        var written = argument.Tokens[0].Value;
        if (written.Length > 0 && !written.Contains('\0', StringComparison.Ordinal))
        {
            return new(written);
        }

        argument.AddError($"\"{written}\" is not the path of a folder.");
        return null;
    }

    /// <summary>One of the names.</summary>
    public static Func<ArgumentResult, T> One<T>(params (string Name, T Value)[] choices) =>
        argument => Find(argument, argument.Tokens[0].Value, choices) is { } found ? found.Value : default!;

    /// <summary>Several of the names, as several words or with commas between them.</summary>
    public static Func<ArgumentResult, T[]> Several<T>(params (string Name, T Value)[] choices) => argument =>
    [
        .. from token in argument.Tokens
           from word in token.Value.Split(',')
           let found = Find(argument, word.Trim(), choices)
           where found is not null
           select found.Value.Value,
    ];

    /// <summary>The choice of that name, or null and an error that names the nearest.</summary>
    public static (string Name, T Value)? Find<T>(ArgumentResult argument, string written, (string Name, T Value)[] choices)
    {
        foreach (var choice in choices)
        {
            if (string.Equals(choice.Name, written, StringComparison.OrdinalIgnoreCase))
            {
                return choice;
            }
        }

        var names = choices.Select(choice => choice.Name).ToArray();
        argument.AddError($"\"{written}\" is none of {string.Join(", ", names)}.{Nearest.Hint(written, names)}");
        return null;
    }
}
