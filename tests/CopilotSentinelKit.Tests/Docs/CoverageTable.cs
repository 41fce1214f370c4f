using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Discover;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Testing.Events;
using CopilotSentinelKit.Tests.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Docs;

/// <summary>Each member of the records that the pack's tests are made of, and the column that has it.</summary>
internal sealed class CoverageTable
{
    private const string Event = "CopilotEventData";
    private const string Settings = "CopilotSettingsEventData";

    private readonly SortedDictionary<string, string> _columns = new(StringComparer.Ordinal);
    private readonly Mapping _mapping;
    private readonly KnownMember _known;

    private CoverageTable(Mapping mapping) => (_mapping, _known) = (mapping, KnownMember.Record(mapping));

    /// <summary>The table, in Markdown.</summary>
    public static string Of(Mapping mapping)
    {
        var table = new CoverageTable(mapping);
        foreach (var path in Directory.EnumerateFiles(Repository.PathOf("rules", "events"), "*", SearchOption.AllDirectories))
        {
            var findings = new List<Finding>();
            foreach (var record in EventReader.Read(new SourceFile(path, File.ReadAllText(path)), findings))
            {
                table.AddRecord(new BagNode(Value.Of(record.Members)));
            }

            Assert.That(findings, Is.Empty, () => Marked.Shown(findings));
        }

        foreach (var spec in ShippedPack.Specs.Tests.SelectMany(file => file.Tests).Concat(ShippedPack.Specs.Detections.SelectMany(detection => detection.Tests)).SelectMany(test => test.Events))
        {
            if (spec.Record is { } record)
            {
                table.AddRecord(new YamlNode(record));
            }

            foreach (var (key, value) in spec.Set.Concat(spec.Vary).Select(entry => (entry.Key.Value, entry.Value)))
            {
                table.AddAt(key.Split('.'), new YamlNode(value));
            }
        }

        var read = table._columns.Count(member => !member.Value.EndsWith(Mapping.AdditionalFields, StringComparison.Ordinal));
        return string.Create(CultureInfo.InvariantCulture, $"{table._columns.Count} members, of which {read} have a column.\n\n")
            + "| member of a record | column |\n|---|---|\n" + string.Concat(table._columns.Select(member => $"| `{member.Key}` | {member.Value} |\n"));
    }

    private void AddRecord(Node record)
    {
        var names = record.Members.Select(member => member.Name).ToList();
        var flat = names.Contains(Event) || names.Contains(Settings) ? null : _known.Find(Event);
        foreach (var (name, value) in record.Members)
        {
            Add(name, value, _known.Find(name) ?? flat?.Find(name), Mapping.AdditionalFields);
        }
    }

    private void AddAt(string[] path, Node value)
    {
        var known = _known;
        foreach (var name in path[..^1])
        {
            if (known?.Find(name) is not { } inside)
            {
                return;
            }

            known = inside;
        }

        Add(string.Join('.', path), value, known.Find(path[^1]), Mapping.AdditionalFields);
    }

    private void Add(string path, Node value, KnownMember? known, string rest)
    {
        if (known is null)
        {
            _columns.TryAdd(path, rest);
            return;
        }

        if (known.Field is { } field)
        {
            _columns[path] = field.Name.Value;
            rest = _mapping.Parsers.FirstOrDefault(parser => parser.Each?.Value == field.Name.Value)?.Rest?.Value ?? rest;
        }

        foreach (var (element, isList) in known.IsOpen ? value.Elements : [])
        {
            foreach (var (name, inside) in element.Members)
            {
                Add($"{path}{(isList ? "[]" : "")}.{name}", inside, known.Find(name), rest);
            }
        }
    }

    private abstract class Node
    {
        public abstract IEnumerable<(string Name, Node Value)> Members { get; }

        public abstract IEnumerable<(Node Value, bool IsList)> Elements { get; }
    }

    private sealed class BagNode(Value value) : Node
    {
        public override IEnumerable<(string Name, Node Value)> Members =>
            (value.AsBag?.Properties ?? []).Where(member => !member.Value.IsNull).Select(member => (member.Key, (Node)new BagNode(member.Value)));

        public override IEnumerable<(Node Value, bool IsList)> Elements => value.AsArray is { } list ? list.Items.Select(item => ((Node)new BagNode(item), true)) : [(this, false)];
    }

    private sealed class YamlNode(YamlValue value) : Node
    {
        public override IEnumerable<(string Name, Node Value)> Members =>
            ((value as YamlMap)?.Entries ?? ImmutableArray<YamlEntry>.Empty).Select(member => (member.Key.Value, (Node)new YamlNode(member.Value)));

        public override IEnumerable<(Node Value, bool IsList)> Elements => value is YamlList list ? list.Items.Select(item => ((Node)new YamlNode(item), true)) : [(this, false)];
    }
}
