using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>Data collection rules: their streams, and the KQL that changes rows on their way into a table.</summary>
internal static class DataCollectionReader
{
    private const string Custom = "Custom-";
    private const string Microsoft = "Microsoft-";

    /// <summary>The rule, or null when only the deployment knows its properties.</summary>
    public static DataCollectionRule? Read(ArmResource resource)
    {
        if (resource.Properties is not { } keys)
        {
            return null;
        }

        var streams = ReadStreams(keys);
        var destinations = keys.IsUnknown("destinations") ? null : keys.Object("destinations") is { } map ? DestinationsOf(map) : [];
        var flows = keys.Objects("dataFlows");
        foreach (var flow in flows)
        {
            CheckFlow(flow, streams, destinations);
        }

        var none = new Spanned<string>("", resource.Name.Span);
        return new()
        {
            Origin = ContentOrigin.Arm,
            FileName = "",
            Guid = Guid.Empty,
            Id = resource.Name,
            Version = none,
            Name = none,
            Description = none,
            Transformations = [.. flows.Select(flow => ReadTransformation(flow, streams)).OfType<Transformation>()],
        };
    }

    // Null when only the deployment knows the streams.
    private static ImmutableDictionary<string, ImmutableArray<Column>>? ReadStreams(ArmMap keys)
    {
        if (keys.IsUnknown("streamDeclarations"))
        {
            return null;
        }

        var streams = ImmutableDictionary.CreateBuilder<string, ImmutableArray<Column>>(StringComparer.Ordinal);
        if (keys.Object("streamDeclarations") is { } declarations)
        {
            foreach (var (name, _) in declarations.Map.Entries)
            {
                CheckPrefix(new(name.Value, name.Span), keys.Findings);
                streams[name.Value] = declarations.Object(name.Value) is { } stream && !stream.IsUnknown("columns") ? ColumnReader.ReadStream(stream) : [];
            }
        }

        return streams.ToImmutable();
    }

    // A name each, under lists for each sort of destination; null when one is not known.
    private static ImmutableArray<string>? DestinationsOf(ArmMap destinations)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var (sort, value) in destinations.Map.Entries)
        {
            if (value is YamlMap && destinations.Object(sort.Value) is { } single && single.TextOrNull("name") is { } own)
            {
                names.Add(own.Value);
                continue;
            }

            if (value is not YamlList || destinations.IsUnknown(sort.Value) || destinations.Objects(sort.Value).Any(one => one.IsUnknown("name")))
            {
                return null;
            }

            names.AddRange(destinations.Objects(sort.Value).Select(one => one.TextOrEmpty("name").Value));
        }

        return names.ToImmutable();
    }

    private static void CheckFlow(ArmMap flow, ImmutableDictionary<string, ImmutableArray<Column>>? streams, ImmutableArray<string>? destinations)
    {
        foreach (var stream in flow.Texts("streams").Where(stream => stream.Value.StartsWith(Custom, StringComparison.Ordinal)))
        {
            if (streams is not null && !streams.ContainsKey(stream.Value))
            {
                flow.Findings.Add(TableFindings.UndeclaredStream(stream.Span, stream.Value, streams.Keys));
            }
        }

        foreach (var destination in flow.Texts("destinations").Where(one => destinations is { } known && !known.Contains(one.Value)))
        {
            flow.Findings.Add(TableFindings.UndeclaredDestination(destination.Span, destination.Value, destinations!));
        }

        if (flow.TextOrNull("outputStream") is { } output)
        {
            CheckPrefix(output, flow.Findings);
        }
    }

    private static void CheckPrefix(Spanned<string> stream, ICollection<Finding> findings)
    {
        if (stream.Value.Length > 0 && !stream.Value.StartsWith(Custom, StringComparison.Ordinal) && !stream.Value.StartsWith(Microsoft, StringComparison.Ordinal))
        {
            findings.Add(TableFindings.StreamPrefix(stream.Span, stream.Value));
        }
    }

    private static Transformation? ReadTransformation(ArmMap flow, ImmutableDictionary<string, ImmutableArray<Column>>? streams)
    {
        if (flow.Text("transformKql") is not { Value.Length: > 0 } text)
        {
            return null;
        }

        var kql = ArmQuery.Of(text, flow.Entry("transformKql")!.Key.Span);
        if (streams is null || flow.IsUnknown("streams") || flow.Texts("streams") is not [var stream]
            || streams.GetValueOrDefault(stream.Value) is not { IsDefaultOrEmpty: false } columns)
        {
            return new(kql, kql, IsBound: false);
        }

        var source = Transformation.Source(columns);
        return new(kql, new(source + kql.Text, [new(source.Length, kql.Text.Length, text.Locate)], kql.Fallback), IsBound: true);
    }
}
