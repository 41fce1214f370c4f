using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Testing.Events;

/// <summary>What stands around a record's AuditData and says some of the same under other names.</summary>
/// <param name="Members">Its members and what the Management Activity API calls them; of several for one, the first that is there counts.</param>
internal sealed record Envelope(ImmutableArray<(string Name, string Member)> Members)
{
    /// <summary>Graph's auditLogRecord (microsoft.graph.security); "workload" is in some exports of it.</summary>
    public static Envelope Graph { get; } = new(
    [
        ("id", "Id"), ("createdDateTime", "CreationTime"), ("auditLogRecordType", "RecordType"), ("operation", "Operation"), ("organizationId", "OrganizationId"),
        ("userType", "UserType"), ("userId", "UserKey"), ("userPrincipalName", "UserId"), ("service", "Workload"), ("workload", "Workload"), ("objectId", "ObjectId"),
        ("clientIp", "ClientIP"),
    ]);

    /// <summary>Purview's audit search, and Search-UnifiedAuditLog, whose names are the plural ones and Identity.</summary>
    public static Envelope Purview { get; } = new(
    [
        ("RecordId", "Id"), ("Identity", "Id"), ("CreationDate", "CreationTime"), ("CreationTime", "CreationTime"), ("RecordType", "RecordType"),
        ("Operation", "Operation"), ("Operations", "Operation"), ("UserId", "UserId"), ("UserIds", "UserId"),
    ]);

    /// <summary>The record with what it lacks: members that are not there, or null.</summary>
    public static DynamicBag Fill(DynamicBag record, IEnumerable<KeyValuePair<string, Value>> envelope) => DynamicBag.From(
    [
        // A note of Graph on the type of the object, no member of the record.
        .. record.Properties.Where(member => member.Key != "@odata.type"),
        .. envelope.Where(member => record.Find(member.Key).IsNull),
    ]);

    /// <summary>What an object says, under the API's names.</summary>
    public IEnumerable<KeyValuePair<string, Value>> Read(YamlMap map) => Read(name => map[name] is YamlText text ? YamlData.ToValue(text) : Value.Null);

    /// <summary>What columns or members say, under the API's names.</summary>
    /// <param name="find">Gives the value of a name; null when it is not there.</param>
    public IEnumerable<KeyValuePair<string, Value>> Read(Func<string, Value> find) =>
        from member in Members
        let value = find(member.Name)
        where !value.IsNull && value != Value.Empty
        group value by member.Member into values
        select KeyValuePair.Create(values.Key, AsInApi(values.Key, values.First()));

    // The API has codes, and Graph their names in another case.
    private static Value AsInApi(string member, Value value) => member is not ("RecordType" or "UserType") || value.Text is not { Length: > 0 } text
        ? value
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? Value.Of(code)
        : Value.Of(text == "dcAdmin" ? "DCAdmin" : char.ToUpperInvariant(text[0]) + text[1..]);
}
