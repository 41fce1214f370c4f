using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Generate;

/// <summary>Workbook specs to workbooks.</summary>
internal static class WorkbookGenerator
{
    /// <summary>The renderings of its queries: definitions, then those of parameters, then those of items.</summary>
    public static ImmutableArray<QueryTemplate> Templates(WorkbookSpec spec) =>
    [
        .. spec.Definitions.Select(definition => QueryTemplate.Of(definition.Kql)),
        .. Sources(spec).Select(source => source is PanelQuery panel ? QueryTemplate.Of(panel) : QueryTemplate.Of((YamlText)source)),
    ];

    /// <summary>How many renderings those are.</summary>
    public static int CountOf(WorkbookSpec spec) => spec.Definitions.Length + Sources(spec).Count();

    /// <summary>What queries are made of: those of parameters, then those of items.</summary>
    private static IEnumerable<object> Sources(WorkbookSpec spec) =>
    [
        .. spec.Parameters.OfType<DropdownParameter<YamlText>>().Select(parameter => parameter.Query).OfType<YamlText>(),
        .. spec.Items.SelectMany(item => item.WithInner()).OfType<QueryItem<PanelQuery>>().Select(item => item.Query),
    ];

    /// <summary>The workbook as Sentinel content, or null when a query could not be rendered, which is a finding already.</summary>
    /// <param name="workbook">The workbook.</param>
    /// <param name="queries">The rendered queries, in the order of <see cref="Templates"/>.</param>
    /// <param name="place">Puts what a whole query needs in front of it.</param>
    public static Workbook? Create(PackWorkbook workbook, ImmutableArray<Query?> queries, Func<Query, Query> place)
    {
        var spec = workbook.Spec;
        if (queries.Contains(null))
        {
            return null;
        }

        var samples = new WorkbookSamples(spec);
        var definitions = spec.Definitions.Zip(queries, (definition, query) => (definition.Name.Value, query!)).ToImmutableArray();
        var rendered = new Dictionary<object, WorkbookQuery>(ReferenceEqualityComparer.Instance);
        foreach (var (source, query) in Sources(spec).Zip(queries.Skip(definitions.Length)))
        {
            rendered.Add(source, samples.Complete(place(WorkbookDefinitions.Embed(query!, definitions))));
        }

        return new()
        {
            FileName = ContentItem.FileNameOf(spec.Id.Value),
            Guid = ContentGuid.For(workbook.Pack, "Workbook", spec.Id.Value),
            Pack = workbook.Pack,
            Id = spec.Id,
            Version = spec.Version,
            Name = spec.Name,
            Description = spec.Description,
            Parameters = [.. spec.Parameters.Select(parameter => Render(parameter, rendered))],
            Items = [.. spec.Items.Select(item => item.WithQueries(source => rendered[source]))],
        };
    }

    private static WorkbookParameter<WorkbookQuery> Render(WorkbookParameter<YamlText> parameter, Dictionary<object, WorkbookQuery> rendered) =>
        parameter switch
        {
            TimeRangeParameter<YamlText> time => new TimeRangeParameter<WorkbookQuery>(time.Name, time.Label, time.Ranges, time.Default),
            TextParameter<YamlText> text => new TextParameter<WorkbookQuery>(text.Name, text.Label, text.Default),
            DropdownParameter<YamlText> list => new DropdownParameter<WorkbookQuery>(
                list.Name, list.Label, list.Query is { } query ? rendered[query] : null, list.Values, list.Multiple, list.All, list.Default),
            _ => throw new ArgumentException($"{parameter.GetType().Name} has no rendered form.", nameof(parameter)),
        };
}
