using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Foreign;

/// <summary>The parameters of a function in a saved search: <c>a:string = "x", b:datetime = datetime(null)</c>.</summary>
internal static partial class FunctionParameters
{
    private static readonly ImmutableDictionary<string, string> Types = ImmutableDictionary.CreateRange(
        StringComparer.OrdinalIgnoreCase,
        new Dictionary<string, string>
        {
            ["bool"] = "bool",
            ["boolean"] = "bool",
            ["date"] = "datetime",
            ["datetime"] = "datetime",
            ["decimal"] = "decimal",
            ["double"] = "real",
            ["dynamic"] = "dynamic",
            ["guid"] = "guid",
            ["int"] = "int",
            ["long"] = "long",
            ["real"] = "real",
            ["string"] = "string",
            ["time"] = "timespan",
            ["timespan"] = "timespan",
        });

    /// <summary>The parameters; null when they cannot be read, or hold a table, which has no type here.</summary>
    public static ImmutableArray<FunctionParameter>? Read(ArmMap keys)
    {
        if (keys.Text("functionParameters") is not { } text)
        {
            return [];
        }

        if (Parse(text.Value) is not { } parameters)
        {
            keys.Findings.Add(ArmFindings.FunctionParameters(text.Span, text.Value));
            return null;
        }

        return parameters.Any(parameter => parameter.Type.Length == 0) ? null : parameters;
    }

    /// <summary>The parameters of a list as KQL declares it, a table's type empty; null when it is none.</summary>
    internal static ImmutableArray<FunctionParameter>? Parse(string text)
    {
        var parameters = ImmutableArray.CreateBuilder<FunctionParameter>();
        foreach (var part in Parts(text).Where(part => !string.IsNullOrWhiteSpace(part)))
        {
            if (Parameter().Match(part) is not { Success: true } match)
            {
                return null;
            }

            var type = match.Groups["type"].Value;
            if (!type.StartsWith('(') && !Types.ContainsKey(type))
            {
                return null;
            }

            parameters.Add(new(match.Groups["name"].Value, Types.GetValueOrDefault(type, ""), match.Groups["default"].Value.Trim()));
        }

        return parameters.DrainToImmutable();
    }

    // Commas between parameters: not those inside brackets or texts.
    private static IEnumerable<string> Parts(string text)
    {
        var (start, depth, quote) = (0, 0, '\0');
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when quote != '\0':
                    i++;
                    break;
                case var character when quote != '\0':
                    quote = character == quote ? '\0' : quote;
                    break;
                case '"' or '\'':
                    quote = text[i];
                    break;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ')' or ']' or '}':
                    depth--;
                    break;
                case ',' when depth == 0:
                    yield return text[start..i];
                    start = i + 1;
                    break;
            }
        }

        yield return text[start..];
    }

    [GeneratedRegex(@"^\s*(?<name>[A-Za-z_]\w*)\s*:\s*(?<type>\w+|\(.*\))\s*(=(?<default>\s*\S.*))?\s*\z", RegexOptions.Singleline)]
    private static partial Regex Parameter();
}
