using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Texts that functions take for IP addresses or ranges of them, and that are none: the functions give null and say nothing.</summary>
internal static class AddressLint
{
    // Functions over addresses, and the first of their arguments that may be an address or a range.
    private static readonly Dictionary<string, int> Functions = new(StringComparer.Ordinal)
    {
        ["ipv4_is_in_range"] = 0,
        ["ipv4_is_in_any_range"] = 0,
        ["ipv4_is_match"] = 0,
        ["ipv4_compare"] = 0,
        ["ipv4_is_private"] = 0,
        ["parse_ipv4"] = 0,
        ["has_ipv4"] = 1,
        ["has_any_ipv4"] = 1,
        ["ipv6_is_in_range"] = 0,
        ["ipv6_is_in_any_range"] = 0,
        ["ipv6_is_match"] = 0,
        ["ipv6_compare"] = 0,
        ["parse_ipv6"] = 0,
    };

    public static IEnumerable<Finding> Run(LintedQuery query) =>
        from call in query.Nodes
        where call.CalledName() is { } name && Functions.ContainsKey(name)
        let isWide = call.CalledName()!.Contains("ipv6", StringComparison.Ordinal)
        from argument in call.Arguments().Skip(Functions[call.CalledName()!])
        from text in Texts(argument.Unwrapped())
        where text.Value is { Length: > 0 } value && !IsAddress(value, isWide)
        select MeaningFindings.NoAddress(query.At(text), text.Value!, call.CalledName()!);

    // A literal, one behind a variable, and those in a list.
    private static IEnumerable<SyntaxNode> Texts(SyntaxNode argument)
    {
        var values = argument.Kind == "NameReference" && argument.Symbol is { Kind: "Variable" } variable ? variable.Sources.Select(source => source.Unwrapped()) : [argument];
        return values.SelectMany(value => value.Kind switch
        {
            "StringLiteralExpression" => [value],
            "DynamicExpression" or "JsonArrayExpression" => value.OfKind("StringLiteralExpression"),
            _ => Enumerable.Empty<SyntaxNode>(),
        });
    }

    private static bool IsAddress(string text, bool isWide)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = (slash < 0 ? text : text[..slash]).Trim();
        var isNarrow = address.Split('.') is { Length: 4 } parts && parts.All(part => byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        var isKnown = isNarrow || (isWide && IPAddress.TryParse(address, out var read) && read.AddressFamily == AddressFamily.InterNetworkV6);
        return isKnown && (slash < 0 || (int.TryParse(text.AsSpan(slash + 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= (isWide ? 128 : 32)));
    }
}
