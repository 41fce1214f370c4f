using System.CommandLine;
using System.CommandLine.Parsing;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Cli;

/// <summary>What to say of a command line that cannot be run.</summary>
internal static class UsageErrors
{
    /// <summary>Misspelt options that the parser takes for paths or other words: those with a hyphen that no "--" comes before.</summary>
    public static IEnumerable<string> TakenForPaths(ParseResult parsed) => parsed.CommandResult.Children.OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens.Select(token => token.Value))
        .Where(word => word is ['-', _, ..])
        .Intersect(parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value), StringComparer.Ordinal);

    /// <summary>A sentence for each mistake; none for a bare "csk", which lacks a command and nothing else.</summary>
    public static IEnumerable<string> Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        foreach (var word in TakenForPaths(parsed))
        {
            yield return $"There is no option \"{word}\".{Nearest.Hint(word, command.Options.Select(option => option.Name))} For a path of this name, write \"./{word}\".";
        }

        foreach (var word in parsed.UnmatchedTokens)
        {
            var isOption = word.StartsWith('-');
            var known = isOption ? command.Options.Select(option => option.Name) : command.Subcommands.Select(sub => sub.Name);
            yield return isOption ? $"There is no option \"{word}\".{Nearest.Hint(word, known)}"
                : command.Subcommands.Count > 0 ? $"There is no command \"{word}\".{Nearest.Hint(word, known)}"
                : $"\"{word}\" is one word too many: csk {command.Name} takes options only.";
        }

        // What the parser says of the command itself is what the words above are about.
        foreach (var error in parsed.Errors.Where(error => error.SymbolResult is not CommandResult))
        {
            var option = (error.SymbolResult as OptionResult)?.Option ?? (error.SymbolResult?.Parent as OptionResult)?.Option;
            yield return option is null || error.Message.Contains(option.Name, StringComparison.Ordinal)
                ? error.Message
                : $"{option.Name}: {error.Message}";
        }
    }
}
