using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>What a template refers to is in it, names have all their parts, and defaults keep to the rules of their parameters.</summary>
internal static partial class ArmReferenceCheck
{
    public static IEnumerable<Finding> Run(ArmDocument document) => [.. Uses(document.Root), .. Names(document.Resources), .. Defaults(document.Root)];

    private static IEnumerable<Finding> Names(ImmutableArray<ArmResource> resources) =>
        from resource in resources
        where resource.IsContent
        let name = (resource.Keys.Entry("name")?.Value as YamlText)?.Value
        where name is not null
        let type = (resource.Keys.Scope.Resolve(resource.Keys.Map.Find("type")!) as YamlText)?.Value ?? ""
        let expected = type.Count(character => character == '/')
        let parts = Parts(name)
        let fault = EmptyEnd().IsMatch(name) ? ArmFindings.EmptySegment(resource.Name.Span)
            : parts is { } count && resource.Nesting != ArmNesting.Packaged && expected > 0 && count != expected ? ArmParameterFindings.NameParts(resource.Name.Span, count, type, expected)
            : null
        where fault is not null
        select fault;

    private static IEnumerable<Finding> Defaults(YamlMap root)
    {
        foreach (var (name, value) in (root.Find("parameters") as YamlMap)?.Entries ?? [])
        {
            if (value is YamlMap parameter && parameter.Find("defaultValue") is { } given && !(given is YamlText text && ArmScope.IsExpression(text)) && ParameterRule.Of(parameter).BrokenBy(given) is { } rule)
            {
                yield return ArmParameterFindings.DefaultRefused(given.FirstLine(), name.Value, rule);
            }
        }
    }

    // Templates in templates see their own names or those around them: a name is missed only where none declares it.
    private static IEnumerable<Finding> Uses(YamlMap root)
    {
        var declared = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Declare(root, declared);
        var reported = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in YamlTexts.Of(root, _ => true).Where(ArmScope.IsExpression))
        {
            foreach (var use in Use().Matches(text.Value).Where(use => !declared.Contains(Key(use.Groups["sort"].Value, use.Groups["name"].Value))))
            {
                var (sort, name) = (use.Groups["sort"].Value.ToLowerInvariant(), use.Groups["name"].Value);
                if (reported.Add(Key(sort, name)))
                {
                    var near = Nearest.Find(name, declared.Where(key => key.StartsWith(sort + ":", StringComparison.OrdinalIgnoreCase)).Select(key => key[(sort.Length + 1)..]));
                    yield return ArmFindings.Undeclared(text.Locate(use.Index, use.Length), sort[..^1], name, near is null ? $" Declare it under \"{sort}\"." : $" Did you mean \"{near}\"?");
                }
            }
        }
    }

    private static void Declare(YamlValue value, HashSet<string> declared)
    {
        if (value is YamlList list)
        {
            foreach (var item in list.Items)
            {
                Declare(item, declared);
            }
        }

        foreach (var (key, child) in (value as YamlMap)?.Entries ?? [])
        {
            var sort = key.Value.ToLowerInvariant();
            if (sort is "parameters" or "variables")
            {
                // A function's parameters, and variables that are copied, are lists of things with a name.
                declared.UnionWith(Named(child).Select(name => Key(sort, name)));
            }

            Declare(child, declared);
        }
    }

    private static IEnumerable<string> Named(YamlValue value) => value switch
    {
        YamlMap map => map.Entries.SelectMany(entry => entry.Key.Value.Equals("copy", StringComparison.OrdinalIgnoreCase) ? Named(entry.Value) : [entry.Key.Value]),
        YamlList list => list.Items.OfType<YamlMap>().Select(item => (item.Find("name") as YamlText)?.Value).OfType<string>(),
        _ => [],
    };

    private static string Key(string sort, string name) => $"{sort}:{name}";

    // Of a name whose parts only a deployment knows, nothing is said; a workspace's own name has no slash.
    private static int? Parts(string name)
    {
        if (name is not ['[', .., ']'])
        {
            return name.Count(character => character == '/') + 1;
        }

        if (Concat().Match(name) is not { Success: true } call)
        {
            return null;
        }

        var slashes = 0;
        foreach (Capture argument in call.Groups["part"].Captures)
        {
            if (argument.Value.StartsWith('\''))
            {
                slashes += argument.Value.Count(character => character == '/');
            }
            else if (!OnePart().IsMatch(argument.Value))
            {
                return null;
            }
        }

        return slashes + 1;
    }

    [GeneratedRegex(@"(?<![\w.])(?<sort>parameters|variables)\(\s*'(?<name>[^']+)'\s*\)", RegexOptions.IgnoreCase)]
    private static partial Regex Use();

    [GeneratedRegex(@"^\[\s*concat\(.*,\s*'[^']*/'\s*\)\s*\]\z|^[^\[].*/\z", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex EmptyEnd();

    [GeneratedRegex(@"^\[\s*concat\(\s*(?<part>'[^']*'|\w+\([^()]*\))(\s*,\s*(?<part>'[^']*'|\w+\([^()]*\)))*\s*\)\s*\]\z", RegexOptions.IgnoreCase)]
    private static partial Regex Concat();

    [GeneratedRegex(@"^(parameters\(\s*'\w*workspace\w*'\s*\)|guid\(.*\)|uniqueString\(.*\))\z", RegexOptions.IgnoreCase)]
    private static partial Regex OnePart();
}
