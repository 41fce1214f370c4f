using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>The nodes of one YAML document, from the parser's events.</summary>
internal sealed class YamlNodes(SourceFile file, Parser parser, ICollection<Finding> findings)
{
    private readonly Dictionary<string, Node> _anchors = [];
    private long _aliasedNodes;
    private int _end;

    /// <summary>The document's value, or null when a limit was passed.</summary>
    public YamlValue? ReadRoot() => Read(0)?.Value;

    private Node? Read(int depth)
    {
        var next = parser.Consume<ParsingEvent>();
        if (next is AnchorAlias alias)
        {
            return Follow(alias, depth);
        }

        if (next is not NodeEvent node)
        {
            // YamlDotNet gives a map with a key and no value event for ": x", an empty key.
            throw new YamlException(next.Start, next.End, YamlSyntax.Unexplained);
        }

        if (!node.Tag.IsEmpty)
        {
            findings.Add(YamlFindings.Tag(TagSpan(node), node.Tag.IsNonSpecific ? "!" : node.Tag.Value));
        }

        if (depth > YamlReader.MaxDepth || (depth == YamlReader.MaxDepth && node is not Scalar))
        {
            findings.Add(YamlFindings.TooDeep(Span(node.Start, node.Start), YamlReader.MaxDepth));
            return null;
        }

        var read = node switch
        {
            Scalar scalar => new Node(ReadText(scalar), 1, 0),
            SequenceStart sequence => ReadList(sequence, depth),
            _ => ReadMap((MappingStart)node, depth),
        };
        if (read is not null && !node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor.Value] = read;
        }

        return read;
    }

    private Node? ReadList(SequenceStart sequence, int depth)
    {
        var items = ImmutableArray.CreateBuilder<YamlValue>();
        var size = new Size();
        while (!parser.Accept<SequenceEnd>(out _))
        {
            if (Read(depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item.Value);
            size.Add(item);
        }

        var span = CollectionSpan(sequence, sequence.Style == SequenceStyle.Flow, parser.Consume<SequenceEnd>());
        return new(new YamlList(span, items.DrainToImmutable()), size.Nodes, size.Depth);
    }

    private Node? ReadMap(MappingStart map, int depth)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        var seen = new Dictionary<string, YamlText>();
        var size = new Size();
        while (!parser.Accept<MappingEnd>(out _))
        {
            if (Read(depth + 1) is not { } key || Read(depth + 1) is not { } value)
            {
                return null;
            }

            size.Add(value);
            if (Accept(key.Value, seen) is { } text)
            {
                entries.Add(new(text, value.Value));
            }
        }

        var span = CollectionSpan(map, map.Style == MappingStyle.Flow, parser.Consume<MappingEnd>());
        return new(new YamlMap(span, entries.DrainToImmutable()), size.Nodes, size.Depth);
    }

    private YamlText? Accept(YamlValue key, Dictionary<string, YamlText> seen)
    {
        if (key is not YamlText text || text.Value.Length == 0 || text.Value.Contains('\n'))
        {
            findings.Add(YamlFindings.KeyNotText(key.FirstLine()));
            return null;
        }

        if (text is { Value: "<<", Plain: true })
        {
            findings.Add(YamlFindings.MergeKey(text.Span));
            return null;
        }

        if (!seen.TryAdd(text.Value, text))
        {
            findings.Add(YamlFindings.DuplicateKey(text.Span, text.Value, seen[text.Value].Span));
            return null;
        }

        return text;
    }

    private Node? Follow(AnchorAlias alias, int depth)
    {
        var span = Span(alias.Start, alias.End);
        _end = span.Start + span.Length;
        if (!_anchors.TryGetValue(alias.Value.Value, out var target))
        {
            findings.Add(YamlFindings.UnknownAlias(span, alias.Value.Value, _anchors.Keys));
            return new(new YamlText(span, "", Plain: true, []), 1, 0);
        }

        _aliasedNodes += target.Nodes;
        if (_aliasedNodes > YamlReader.MaxAliasedNodes)
        {
            findings.Add(YamlFindings.TooManyAliases(span, YamlReader.MaxAliasedNodes));
            return null;
        }

        if (depth + target.Depth > YamlReader.MaxDepth)
        {
            findings.Add(YamlFindings.TooDeep(span, YamlReader.MaxDepth));
            return null;
        }

        return target;
    }

    private YamlText ReadText(Scalar scalar)
    {
        var start = ContentStart(scalar);
        var (starts, end) = ScalarLines.Find(file, start, Math.Max(start, Offset(scalar.End)), scalar.Value, scalar.Style);
        _end = end;
        return new(new(file, start, end - start), scalar.Value, scalar.Style == ScalarStyle.Plain, starts)
        {
            Place = starts.IsEmpty && scalar.Style == ScalarStyle.DoubleQuoted ? QuotedScalar.Find(file, start, end, scalar.Value) : null,
        };
    }

    /// <summary>The parser's start of a node is that of its anchor; the scalar itself comes after it, maybe lines later.</summary>
    private int ContentStart(NodeEvent node)
    {
        var offset = Offset(node.Start);
        var end = Math.Max(offset, Offset(node.End));
        while (offset < end && file.Text[offset] is '&' or '!')
        {
            offset = SkipWhile(offset, end, character => !char.IsWhiteSpace(character));
            offset = SkipWhile(offset, end, char.IsWhiteSpace);
            while (offset < end && file.Text[offset] == '#')
            {
                offset = SkipWhile(offset, end, character => character is not ('\r' or '\n'));
                offset = SkipWhile(offset, end, char.IsWhiteSpace);
            }
        }

        return offset;
    }

    private int SkipWhile(int offset, int end, Func<char, bool> skip)
    {
        while (offset < end && skip(file.Text[offset]))
        {
            offset++;
        }

        return offset;
    }

    private SourceSpan TagSpan(NodeEvent node)
    {
        var start = Offset(node.Start);
        var limit = file.Text.Length;
        if (start < limit && file.Text[start] == '&')
        {
            start = SkipWhile(SkipWhile(start, limit, character => !char.IsWhiteSpace(character)), limit, char.IsWhiteSpace);
        }

        return new(file, start, SkipWhile(start, limit, character => !char.IsWhiteSpace(character)) - start);
    }

    /// <summary>A block collection's end event stands at the next token, after white space and comments; its text ends with its last scalar.</summary>
    private SourceSpan CollectionSpan(NodeEvent node, bool flow, ParsingEvent end)
    {
        var start = ContentStart(node);
        // The end event of a flow collection stands at its closing bracket.
        _end = flow ? Math.Min(Offset(end.Start) + 1, file.Text.Length) : _end;
        return new(file, start, Math.Max(0, _end - start));
    }

    private SourceSpan Span(Mark start, Mark end) => new(file, Offset(start), Math.Max(0, Offset(end) - Offset(start)));

    private int Offset(Mark mark) => (int)Math.Clamp(mark.Index, 0, file.Text.Length);

    private sealed record Node(YamlValue Value, long Nodes, int Depth);

    private sealed class Size
    {
        public long Nodes { get; private set; } = 1;

        public int Depth { get; private set; } = 1;

        public void Add(Node child)
        {
            Nodes += child.Nodes;
            Depth = Math.Max(Depth, child.Depth + 1);
        }
    }
}
