using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Discover;

/// <summary>A member of audit records that the mapping knows, and the members inside of it that it knows.</summary>
internal sealed class KnownMember
{
    private const string Event = "CopilotEventData";
    private const string Settings = "CopilotSettingsEventData";

    private readonly Dictionary<string, KnownMember> _members = new(StringComparer.Ordinal);
    private FieldSpec? _field;

    /// <summary>The field that is read from it, or null for one that only holds others.</summary>
    public FieldSpec? Field => _field;

    /// <summary>Whether the mapping looks into it: what it does not know inside is then unknown, and not part of a field.</summary>
    public bool IsOpen => _members.Count > 0;

    /// <summary>The member of that name inside of it, or of each of its elements where it is a list.</summary>
    public KnownMember? Find(string name) => _members.GetValueOrDefault(name);

    /// <summary>The whole record.</summary>
    public static KnownMember Record(Mapping mapping)
    {
        var root = new KnownMember();
        root.Place([Event]);
        root.Place([Settings]);
        foreach (var field in mapping.AllFields)
        {
            foreach (var path in PathsOf(field))
            {
                root.Place(path)._field ??= field;
            }
        }

        foreach (var parser in mapping.Parsers)
        {
            var each = mapping.AllFields.FirstOrDefault(field => field.Name.Value == parser.Each?.Value);
            foreach (var path in each is null ? [] : PathsOf(each))
            {
                var element = root.Place(path);
                foreach (var field in parser.Fields)
                {
                    foreach (var inside in field.Record)
                    {
                        element.Place(inside.Value.Split('.'))._field ??= field;
                    }
                }
            }
        }

        return root;
    }

    /// <summary>Where a field's value is, in the record.</summary>
    public static IEnumerable<string[]> PathsOf(FieldSpec field) =>
    [
        .. field.Record.Select(path => path.Value.Split('.')),
        .. field.Event.Select(path => (string[])[Event, .. path.Value.Split('.')]),
        .. field.Settings.Select(path => (string[])[Settings, .. path.Value.Split('.')]),
    ];

    private KnownMember Place(IEnumerable<string> path)
    {
        var member = this;
        foreach (var name in path)
        {
            if (!member._members.TryGetValue(name, out var inside))
            {
                member._members.Add(name, inside = new());
            }

            member = inside;
        }

        return member;
    }
}
