using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;

namespace CopilotSentinelKit.Analyze;

/// <summary>The order in which parsers are analysed: each after those whose names its body has.</summary>
internal static partial class ParserOrder
{
    /// <summary>Layers of parsers that do not need each other; what is left of a circle is the last.</summary>
    public static ImmutableArray<ImmutableArray<ParserFunction>> Of(ImmutableArray<ParserFunction> parsers)
    {
        var names = parsers.Select(parser => parser.Alias).ToHashSet(StringComparer.Ordinal);
        var waiting = parsers
            .Select(parser => (Parser: parser, Calls: Word().Matches(parser.Query.Text).Select(match => match.Value).Where(names.Contains).Where(name => name != parser.Alias).ToHashSet(StringComparer.Ordinal)))
            .ToList();
        var layers = ImmutableArray.CreateBuilder<ImmutableArray<ParserFunction>>();
        while (waiting.Count > 0)
        {
            var ready = waiting.Where(entry => entry.Calls.Count == 0).Select(entry => entry.Parser).ToImmutableArray();
            if (ready.IsEmpty)
            {
                layers.Add([.. waiting.Select(entry => entry.Parser)]);
                break;
            }

            layers.Add(ready);
            waiting.RemoveAll(entry => entry.Calls.Count == 0);
            var done = ready.Select(parser => parser.Alias).ToHashSet(StringComparer.Ordinal);
            waiting.ForEach(entry => entry.Calls.ExceptWith(done));
        }

        return layers.DrainToImmutable();
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
