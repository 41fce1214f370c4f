using System.Text.RegularExpressions;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Wildcards, regular expressions and doubled backslashes in operators that take a text as it is.</summary>
internal static partial class LiteralOperatorLint
{
    private static readonly string[] Parts = ["contains", "!contains", "contains_cs", "!contains_cs", "startswith", "!startswith", "startswith_cs", "!startswith_cs", "endswith", "!endswith", "endswith_cs", "!endswith_cs"];

    private static readonly string[] Others = ["has", "!has", "has_cs", "!has_cs", "has_any", "has_all", "hasprefix", "!hasprefix", "hassuffix", "!hassuffix", "==", "=~", "!=", "!~", "in", "!in", "in~", "!in~"];

    // Parts of the names of columns whose values are no texts in which somebody may write a star: paths, programs, machines, people.
    private static readonly string[] Named = ["Path", "CommandLine", "Process", "RegistryKey", "FileName", "Url", "UserAgent", "Domain", "Computer", "DeviceName", "Account", "UserPrincipalName", "UserId"];

    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var node in query.Nodes)
        {
            if (node.OperatorText() is not { } operation || !(Parts.Contains(operation) || Others.Contains(operation)) || node["Left"]?.Unwrapped() is not { } left)
            {
                continue;
            }

            foreach (var literal in node.Operands().Where(value => value is { Kind: "StringLiteralExpression", Value.Length: > 1 }))
            {
                if (Find(query, operation, left, literal) is { } finding)
                {
                    yield return finding;
                }
            }
        }
    }

    private static Finding? Find(LintedQuery query, string operation, SyntaxNode left, SyntaxNode literal)
    {
        var text = literal.Value!;
        if (left.ResultType == "string" && Pattern().IsMatch(text))
        {
            return MeaningFindings.PatternAsText(query.At(literal), operation);
        }

        if ((Parts.Contains(operation) || IsNamed(left, Named)) && HasWildcard(text, isCommand: IsNamed(left, ["CommandLine"])))
        {
            return MeaningFindings.Wildcard(query.At(literal), operation, text.Trim('*'));
        }

        // At the start of a text two of them are a network path's, save at the end of a path. Within JSON, a backslash is written as two.
        var at = text.LastIndexOf(@"\\", StringComparison.Ordinal);
        return (at > 0 || (at == 0 && text.Length > 2 && operation.Contains("endswith", StringComparison.Ordinal)))
            && !text.Contains("://", StringComparison.Ordinal) && IsNamed(left, ["Path", "CommandLine", "Process", "RegistryKey", "FileName"])
                ? MeaningFindings.DoubledBackslash(query.At(literal), operation)
                : null;
    }

    // A star that touches the rest of the text. One that stands alone, or beside punctuation ("s3:*", "*/read", "(*)"), is meant as it is.
    private static bool HasWildcard(string text, bool isCommand)
    {
        // Commands hold the patterns of the shell: "del *.txt", "dir C:\\Users\\*".
        if (text.Trim('*').Length < 2 || (isCommand && ShellPattern().IsMatch(text)))
        {
            return false;
        }

        for (var at = text.IndexOf('*', StringComparison.Ordinal); at >= 0; at = text.IndexOf('*', at + 1))
        {
            var (before, after) = (at == 0 || IsTouching(text[at - 1]), at == text.Length - 1 || IsTouching(text[at + 1]));
            if (before && after)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTouching(char neighbour) => char.IsLetterOrDigit(neighbour) || neighbour is '\\' or '.' or '_' or '-' or '@' or '$';

    private static bool IsNamed(SyntaxNode left, string[] names) => left is { Symbol: { Kind: "Column", Type: "string" } column } && column.Origins.Any(origin =>
        names.Any(name => origin.Contains(name, StringComparison.Ordinal)));

    // What only a regular expression holds: options, classes with a count, choices in brackets, an escaped dot before an extension.
    [GeneratedRegex(@"\(\?[a-zA-Z]*[:)]|\\[sdwSDW][+*{]|\[[^\]\s]*\w-\w[^\]\s]*\][+*{]|\((\w+\|)+\w+\)|\w\\\.(exe|dll|ps1|bat|cmd|vbs|js|com)\b|[\w-]\.\*\w")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^[^*]*(\*\.\w{0,5}|\\\*)[^*]*\z")]
    private static partial Regex ShellPattern();
}
