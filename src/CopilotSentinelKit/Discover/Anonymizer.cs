using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Discover;

/// <summary>Replaces what tells people, organisations, devices and content in records: each value always by the same other one, of the same form.
/// Personal fields of the mapping and members that it does not know are replaced whole; in all other texts addresses and ids are. Numbers, times,
/// truth values, codes and names of members stay.</summary>
/// <param name="mapping">Says which fields are personal.</param>
/// <param name="also">Further fields to replace whole.</param>
public sealed partial class Anonymizer(Mapping mapping, IEnumerable<string> also)
{
    private readonly KnownMember _known = KnownMember.Record(mapping);
    private readonly HashSet<string> _also = new(also, StringComparer.Ordinal);
    private readonly Dictionary<(string Kind, string Value), string> _replaced = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, HashSet<string>> _kept = new(StringComparer.Ordinal);

    /// <summary>Text fields of which values were kept, and of how many different values at most 100 are counted: for a person to look at.</summary>
    public IEnumerable<(string Field, int Values)> Kept => _kept.Select(kept => (kept.Key, kept.Value.Count));

    /// <summary>The record with what identifies replaced.</summary>
    public DynamicBag Replace(AuditRecord record) => Bag(record.Members, _known, null, whole: false);

    private DynamicBag Bag(DynamicBag bag, KnownMember? known, FieldSpec? field, bool whole) => DynamicBag.From(bag.Properties.Select(member =>
    {
        // What is inside of a field is as personal as the field.
        var inside = known?.Find(member.Key);
        return KeyValuePair.Create(member.Key, known is { IsOpen: true }
            ? Replace(member.Value, inside, inside?.Field, whole || inside is null)
            : Replace(member.Value, null, field, whole));
    }));

    private Value Replace(Value value, KnownMember? known, FieldSpec? field, bool whole)
    {
        if (value.AsBag is { } bag)
        {
            return Value.Of(Bag(bag, known, field, whole));
        }

        if (value.AsArray is { } list)
        {
            return Value.Of(new DynamicArray([.. list.Items.Select(item => Replace(item, known, field, whole))]));
        }

        var text = value.Text;
        if (value.Kind != ValueKind.String || text.Length == 0 || IsTimeOrFlag(text))
        {
            return value;
        }

        return Value.Of(whole || field is null || field.Pii || _also.Contains(field.Name.Value) ? Whole(text) : Parts(text, field.Name.Value, !field.Values.IsEmpty));
    }

    // Of a text that is not personal only what is always an identity: the rest is what rules look for.
    private string Parts(string text, string field, bool isCode)
    {
        var replaced = Identity().Replace(text, match => Whole(match.Value));
        if (!isCode && replaced == text && _kept.TryAdd(field, [text]) is false && _kept[field].Count < 100)
        {
            _kept[field].Add(text);
        }

        return replaced;
    }

    private string Whole(string text)
    {
        if (Guid.TryParse(text, out _))
        {
            return Of("guid", text, n => new Guid(0, 0, 0x4000, 0x80, 0, 0, 0, (byte)(n >> 24), (byte)(n >> 16), (byte)(n >> 8), (byte)n).ToString());
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Host.Length > 0)
        {
            return $"{address.Scheme}://{Host(address.Host)}{Path(address.AbsolutePath)}{(address.Query.Length > 1 ? "?" + Of("query", address.Query, n => $"query{n}") : "")}";
        }

        if (IPAddress.TryParse(text, out var ip) && text.Contains(ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? '.' : ':', StringComparison.Ordinal))
        {
            return Of("ip", ip.ToString(), n => ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
                ? string.Create(CultureInfo.InvariantCulture, $"198.18.{n / 250 % 250}.{(n % 250) + 1}") : string.Create(CultureInfo.InvariantCulture, $"2001:db8::{n:x}"));
        }

        if (text.Split('@') is [{ Length: > 0 } user, { Length: > 0 } domain] && !text.Contains(' ', StringComparison.Ordinal))
        {
            // A guest's name holds the mark that rules look for.
            var guest = user.IndexOf("#ext#", StringComparison.OrdinalIgnoreCase);
            return guest < 0
                ? $"{Of("user", user, n => $"user{n}")}@{Host(domain)}"
                : $"{Of("user", user[..guest], n => $"user{n}")}{user.AsSpan(guest, "#ext#".Length)}@{Host(domain)}";
        }

        var dot = text.LastIndexOf('.');
        return dot > 0 && text.Length - dot is > 2 and <= 6 && text.AsSpan(dot + 1).IndexOfAnyExceptInRange('a', 'z') < 0
            ? Of("name", text[..dot], n => $"name{n}") + text[dot..]
            : Of("name", text, n => $"name{n}");
    }

    // What Microsoft's services are called is no secret, and rules look for it.
    private string Host(string host)
    {
        var service = Service().Match(host);
        return service.Success
            ? (service.Index == 0 ? "" : Of("host", host[..service.Index].TrimEnd('.'), n => $"tenant{n}") + ".") + host[service.Index..]
            : Of("host", host, n => $"domain{n}.example");
    }

    private string Path(string path) => string.Join('/', path.Split('/').Select(part => part.Length == 0 || Vocabulary().IsMatch(part) ? part : Whole(Uri.UnescapeDataString(part))));

    private string Of(string kind, string value, Func<int, string> make)
    {
        var key = (kind, value.ToLowerInvariant());
        if (!_replaced.TryGetValue(key, out var other))
        {
            var number = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
            _replaced.Add(key, other = make(number));
        }

        return other;
    }

    private static bool IsTimeOrFlag(string text) =>
        bool.TryParse(text, out _) || long.TryParse(text, CultureInfo.InvariantCulture, out _) || Time().IsMatch(text);

    [GeneratedRegex(@"^-?\d{4}-\d\d-\d\d([T ][0-9:.]+(Z|[+-]\d\d:?\d\d)?)?$|^-\d+[smhd]")]
    private static partial Regex Time();

    [GeneratedRegex(@"https?://[^\s""'<>]+|[\w.+#'-]+@[\w-]+(\.[\w-]+)+|\b[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b|\b(\d{1,3}\.){3}\d{1,3}\b|\bS-1-[0-9-]{6,}\b")]
    private static partial Regex Identity();

    [GeneratedRegex(@"(^|(?<=\.))((sharepoint(-mil)?|office|office365|microsoft|microsoftonline|onmicrosoft|live|outlook|teams|windows|azure|bing)\.[a-z]+|cloud\.microsoft|thread\.(v2|tacv2|skype))$", RegexOptions.IgnoreCase)]
    private static partial Regex Service();

    [GeneratedRegex("^(sites|teams|personal|Documents|Shared%20Documents|Shared Documents|_layouts|15|Doc.aspx|mail|calendar|search|:[a-z]:|[rs])$", RegexOptions.IgnoreCase)]
    private static partial Regex Vocabulary();
}
