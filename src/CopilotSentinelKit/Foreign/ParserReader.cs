using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Foreign;

/// <summary>Parsers in community YAML, as solutions have them and as ASIM has them.</summary>
internal static partial class ParserReader
{
    /// <summary>A parser of a solution.</summary>
    public static ParserFunction ReadFunction(CommunityMap keys)
    {
        // ASIM's helper functions are files of this form without an alias, an id or a place in a solution.
        var alias = keys.Value("FunctionAlias") is null && keys.Value("FunctionName") is not null && (keys.Value("FunctionParams") ?? keys.Value("EquivalentBuiltInFunction")) is not null ? "FunctionName" : "FunctionAlias";
        keys.CheckKeys().Require(alias, "FunctionQuery");
        if (alias == "FunctionAlias")
        {
            keys.Advise("id");
        }

        var head = keys.Map("Function", CommunityShapes.Function);
        var parameters = ReadParameters(keys, "FunctionParams");
        return Create(keys, head, alias, "FunctionQuery", keys.Text("description") ?? keys.TextOrEmpty("Description"),
            // Parameters in a form that is not read leave every name in the body in doubt.
            keys.Value("FunctionParameters") is not null || keys.Value("functionParameters") is not null ? null
            : parameters is { IsEmpty: true } ? BodyParameters(keys) : parameters);
    }

    /// <summary>A parser of the Advanced Security Information Model.</summary>
    public static ParserFunction ReadAsim(CommunityMap keys)
    {
        keys.CheckKeys().Require("ParserName", "ParserQuery");
        return Create(keys, keys.Map("Parser", CommunityShapes.Titled), "ParserName", "ParserQuery", keys.TextOrEmpty("Description"), ReadParameters(keys, "ParserParams"));
    }

    private static ParserFunction Create(
        CommunityMap keys, CommunityMap? head, string alias, string query, Spanned<string> description, ImmutableArray<FunctionParameter>? parameters)
    {
        var name = keys.TextOrEmpty(alias);
        return new()
        {
            Origin = ContentOrigin.CommunityYaml,
            FileName = CommunityHead.FileName(keys),
            Guid = CommunityHead.ReadGuid(keys),
            Id = keys.Text("id") ?? name,
            Version = head?.TextOrEmpty("Version") ?? new("", keys.Place),
            Name = head?.Text("Title") ?? name,
            Description = description,
            Alias = name.Value.Trim(),
            Parameters = parameters ?? [],
            Query = parameters is null ? Query.Unknown(keys.Key(query)?.Span ?? keys.Place) : ForeignQuery.Read(keys, query),
            Columns = [],
        };
    }

    private static ImmutableArray<FunctionParameter>? ReadParameters(CommunityMap keys, string key)
    {
        var known = true;
        var parameters = ImmutableArray.CreateBuilder<FunctionParameter>();
        foreach (var parameter in keys.Maps(key, CommunityShapes.AsimParameter))
        {
            parameter.Require("Name", "Type");
            if (parameter.Text("Name") is not { } name || parameter.Text("Type") is not { } type)
            {
                known = false;
                continue;
            }

            var kusto = KustoType(type.Value.Trim());
            if (kusto is null && !type.Value.Contains('(', StringComparison.Ordinal) && !type.Value.Trim().Equals("table", StringComparison.OrdinalIgnoreCase))
            {
                keys.Findings.Add(CommunityFindings.ParameterType(type.Span, type.Value, SharedShapes.KustoType.Words));
            }

            // A parameter that is a table has no type here.
            known &= kusto is not null;
            parameters.Add(new(name.Value.Trim(), kusto ?? "dynamic", parameter.Text("Default")?.Value ?? ""));
        }

        return known ? parameters.DrainToImmutable() : null;
    }

    /// <summary>The parameters of a body that is "let Alias = (parameters) { ... }; Alias(parameters)", for a file that declares none.</summary>
    private static ImmutableArray<FunctionParameter> BodyParameters(CommunityMap keys)
    {
        if (keys.Scalar("FunctionQuery") is not { } body || keys.Scalar("FunctionAlias") is not { } alias
            || Declaration().Matches(body.Value).LastOrDefault(match => match.Groups["name"].Value == alias.Value.Trim()) is not { } declaration)
        {
            return [];
        }

        var call = body.Value.AsSpan(declaration.Index + declaration.Length);
        var last = call.LastIndexOf(declaration.Groups["name"].Value, StringComparison.Ordinal);
        var used = last < 0 ? [] : Parameter().Matches(declaration.Groups["parameters"].Value)
            .Where(match => Word().Matches(body.Value[(declaration.Index + declaration.Length + last)..]).Any(word => word.Value == match.Groups["name"].Value))
            .Select(match => new FunctionParameter(match.Groups["name"].Value, KustoType(match.Groups["type"].Value) ?? "dynamic", ""))
            .ToImmutableArray();
        if (!used.IsEmpty)
        {
            keys.Findings.Add(CommunityFindings.UndeclaredParameters(keys.Key("FunctionQuery")!.Span, string.Join(", ", used.Select(parameter => $"\"{parameter.Name}\""))));
        }

        return used;
    }

    [GeneratedRegex(@"\blet\s+(?<name>\w+)\s*=\s*\((?<parameters>([^(){}]|\([^(){}]*\))*)\)\s*\{", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?<name>\w+)\s*:\s*(?<type>\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    private static string? KustoType(string type) => type.ToLowerInvariant() switch
    {
        "boolean" => "bool",
        "date" => "datetime",
        "time" => "timespan",
        "double" => "real",
        var known when SharedShapes.KustoType.Words.Contains(known) => known,
        _ => null,
    };
}
