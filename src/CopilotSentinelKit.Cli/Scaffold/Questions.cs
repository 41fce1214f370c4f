namespace CopilotSentinelKit.Cli.Scaffold;

/// <summary>Asks a person for what the command line leaves open.</summary>
internal static class Questions
{
    /// <summary>The answer to a question; without a person, or to an empty line, the suggestion.</summary>
    /// <param name="terminal">Where it is asked.</param>
    /// <param name="question">A few words.</param>
    /// <param name="suggestion">What stands in brackets.</param>
    /// <param name="mistake">What is wrong with an answer, a sentence, or null: it is then asked again.</param>
    public static string Ask(Terminal terminal, string question, string suggestion, Func<string, string?> mistake)
    {
        while (terminal.Answers is { } answers)
        {
            terminal.Error.Write($"{question} [{suggestion}]: ");
            if (answers.ReadLine()?.Trim() is not { Length: > 0 } answer)
            {
                break;
            }

            if (mistake(answer) is not { } wrong)
            {
                return answer;
            }

            terminal.Error.WriteLine(wrong);
        }

        return suggestion;
    }
}
