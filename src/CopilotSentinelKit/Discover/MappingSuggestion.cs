using System.Text;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Discover;

/// <summary>Entries of a mapping for members that it does not know.</summary>
public static class MappingSuggestion
{
    private const string Event = "CopilotEventData.";
    private const string Settings = "CopilotSettingsEventData.";

    /// <summary>A rules/mapping.yaml with a field for each unknown member of the record, of CopilotEventData and of CopilotSettingsEventData; what is
    /// inside of a list, and what no path of a mapping can name, is a comment. LF, a final one.</summary>
    public static string Write(Discovery discovery, Mapping mapping)
    {
        var taken = mapping.AllFields.Select(field => field.Name.Value).Concat(Mapping.FixedColumns.Select(column => column.Name)).Append(Mapping.AdditionalFields)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var fields = new List<(string, OutputNode?)>();
        var notes = new StringBuilder();
        foreach (var member in discovery.Unknown)
        {
            if (member.Path.Contains("[]", StringComparison.Ordinal) || !Forms.Path.Matches(member.Path))
            {
                notes.Append("# ").Append(UserText.Shown(member.Path)).Append(": ").Append(member.What).Append("; kept in the parser's additional fields.\n");
                continue;
            }

            var (part, path) = member.Path.StartsWith(Event, StringComparison.Ordinal) ? ("event", member.Path[Event.Length..])
                : member.Path.StartsWith(Settings, StringComparison.Ordinal) ? ("settings", member.Path[Settings.Length..])
                : ("record", member.Path);
            fields.Add((NameOf(path, taken), OutputMap.Of(
                ("type", TypeOf(member.What)),
                ("array", member.What == "list" ? (OutputNode)true : null),
                ("description", FormattableString.Invariant($"Seen in {member.Count} of {discovery.Records} records as {member.What}. Say what it holds, and whether it is personal data (pii).")),
                (part, path))));
        }

        var head = "# yaml-language-server: $schema=schemas/mapping.json\n" + notes;
        return fields.Count == 0 ? head + "fields: {}\n" : head + YamlOutput.Write(OutputMap.Of(("fields", OutputMap.Of([.. fields]))));
    }

    private static string NameOf(string path, HashSet<string> taken)
    {
        var parts = path.Split('.').Select(part => char.ToUpperInvariant(part[0]) + part[1..]).ToList();
        var name = parts[^1];
        for (var from = parts.Count - 2; taken.Contains(name); from--)
        {
            name = from >= 0 ? parts[from] + name : name + "2";
        }

        taken.Add(name);
        return name;
    }

    private static string TypeOf(string what) => what switch
    {
        "true or false" => "bool",
        "whole number" => "long",
        "number" or "number, whole number" => "real",
        "time" => "datetime",
        "text" or "text, time" => "string",
        _ => "dynamic",
    };
}
