using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Generate;

/// <summary>An audit record without personal data, in the KQL of transformations: the members that fields read, text that is personal as its hash,
/// collections that are personal left out. That KQL can neither change a collection's elements nor take members out of a bag.</summary>
internal static class MaskedRecord
{
    /// <summary>KQL for the record in a column of that name.</summary>
    public static string Of(string column, SourceSpec source, Mapping mapping)
    {
        var record = source.Record!.Value.Value;
        var events = Parts(source.Event, record);
        var settings = Parts(source.Settings is { } place ? [place] : [], record);
        var members = Members(mapping, field => field.Record);
        var inEvent = Members(mapping, field => field.Event);
        var inSettings = Members(mapping, field => field.Settings);

        // A record may be the event itself.
        if (events.Contains(""))
        {
            members = members.AddRange(inEvent.Where(member => members.All(other => other.Name != member.Name)));
        }

        return Pack(column, members, [.. Inner(events, inEvent), .. Inner(settings, inSettings)]);
    }

    private static IEnumerable<(string Name, ImmutableArray<Member> Members)> Inner(IEnumerable<string> parts, ImmutableArray<Member> members) =>
        parts.Where(part => part.Length > 0).Select(part => (part, members));

    private static string Pack(string root, ImmutableArray<Member> members, ImmutableArray<(string Name, ImmutableArray<Member> Members)> parts)
    {
        var own = members.Where(member => member.Keeping != Keeping.Dropped && parts.All(part => part.Name != member.Name)).Select(member => $"\"{member.Name}\", {Read(root, member)}");
        var inner = parts.Select(part => $"\"{part.Name}\", iif(isnull({root}.{part.Name}), {root}.{part.Name}, {Pack($"{root}.{part.Name}", part.Members, [])})");
        return $"pack({string.Join(", ", own.Concat(inner))})";
    }

    private static string Read(string root, Member member)
    {
        var path = $"{root}.{member.Name}";
        return member.Keeping == Keeping.Whole ? path : $"iif(isempty(tostring({path})), \"\", hash_sha256(tostring({path})))";
    }

    // Members of the whole record: of a path inside of one, the member. Where fields differ on it, the strictest counts.
    private static ImmutableArray<Member> Members(Mapping mapping, Func<FieldSpec, ImmutableArray<Spanned<string>>> paths) =>
    [
        .. from field in mapping.AllFields
           where field.Expression is null
           from path in paths(field)
           group KeepingOf(field, path.Value) by path.Value.Split('.')[0] into member
           select new Member(member.Key, member.Max()),
    ];

    private static Keeping KeepingOf(FieldSpec field, string path) =>
        !field.Pii ? Keeping.Whole : field.Type.Value == "string" && !path.Contains('.', StringComparison.Ordinal) ? Keeping.Hashed : Keeping.Dropped;

    private static List<string> Parts(ImmutableArray<Spanned<string>> paths, string record) =>
        [.. paths.Select(path => path.Value == record ? "" : path.Value[(record.Length + 1)..]).Where(part => !part.Contains('.', StringComparison.Ordinal))];

    private enum Keeping
    {
        Whole,
        Hashed,
        Dropped,
    }

    private readonly record struct Member(string Name, Keeping Keeping);
}
