using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>The Read stage: the files of a pack or project to specs.</summary>
public sealed class SpecReader
{
    private readonly List<Finding> _findings = [];
    private readonly ImmutableArray<DetectionSpec>.Builder _detections = ImmutableArray.CreateBuilder<DetectionSpec>();
    private readonly ImmutableArray<WatchlistSpec>.Builder _watchlists = ImmutableArray.CreateBuilder<WatchlistSpec>();
    private readonly ImmutableArray<WorkbookSpec>.Builder _workbooks = ImmutableArray.CreateBuilder<WorkbookSpec>();
    private readonly ImmutableArray<PanelSpec>.Builder _panels = ImmutableArray.CreateBuilder<PanelSpec>();
    private readonly ImmutableArray<SummarySpec>.Builder _summaries = ImmutableArray.CreateBuilder<SummarySpec>();
    private readonly ImmutableArray<AutomationSpec>.Builder _automation = ImmutableArray.CreateBuilder<AutomationSpec>();
    private readonly ImmutableArray<TestFileSpec>.Builder _tests = ImmutableArray.CreateBuilder<TestFileSpec>();
    private readonly Dictionary<SpecKind, SourceSpan> _single = [];
    private KitSpec? _kit;
    private MappingSpec? _mapping;
    private SimulationSpec? _simulation;

    private SpecReader()
    {
    }

    /// <summary>Reads all files, in any order; those that are no specs are passed over. Never throws on bad input.</summary>
    public static SpecSet Read(ImmutableArray<SpecFile> files)
    {
        var reader = new SpecReader();
        foreach (var file in files.OrderBy(file => file.PackPath, StringComparer.Ordinal))
        {
            reader.ReadFile(file);
        }

        var detections = SpecIds.Distinct(reader._detections.DrainToImmutable(), reader._findings);
        var watchlists = SpecIds.Distinct(reader._watchlists.DrainToImmutable(), reader._findings);
        var workbooks = SpecIds.Distinct("workbook", reader._workbooks.DrainToImmutable(), workbook => workbook.Id, reader._findings);
        var summaries = SpecIds.Distinct("summary rule", reader._summaries.DrainToImmutable(), summary => summary.Id, reader._findings);
        var automation = SpecIds.Distinct("automation rule", reader._automation.DrainToImmutable(), rule => rule.Id, reader._findings);
        return new(reader._kit, reader._mapping, detections, watchlists, workbooks, reader._tests.DrainToImmutable(), reader._findings.Sorted())
        {
            Simulation = reader._simulation,
            Panels = reader._panels.DrainToImmutable(),
            Summaries = summaries,
            Automation = automation,
        };
    }

    private void ReadFile(SpecFile file)
    {
        var kind = SpecRole.Of(file.PackPath);
        if (kind == SpecKind.None)
        {
            return;
        }

        if (kind == SpecKind.Stray)
        {
            _findings.Add(SpecFindings.UnreadFile(new SourceFile(file.ShownPath, "").All, file.PackPath, SpecRole.Hint(file.PackPath)));
            return;
        }

        if (kind == SpecKind.Beside)
        {
            if (SpecLook.Find(Encoding.UTF8.GetString(file.Bytes.Span)) is { } role)
            {
                _findings.Add(SpecFindings.MisplacedFile(new SourceFile(file.ShownPath, "").All, file.PackPath, role));
            }

            return;
        }

        if (SpecText.Decode(file.ShownPath, file.Bytes.Span, _findings) is { } source && IsFirst(kind, source) && YamlReader.Read(source, _findings) is { } root)
        {
            ReadSpec(kind, root);
        }
    }

    private bool IsFirst(SpecKind kind, SourceFile source)
    {
        var start = new SourceSpan(source, 0, 0);
        if (kind is not (SpecKind.Kit or SpecKind.Mapping or SpecKind.Simulation) || _single.TryAdd(kind, start))
        {
            return true;
        }

        _findings.Add(SpecFindings.SecondFile(start, source.Path, _single[kind]));
        return false;
    }

    private void ReadSpec(SpecKind kind, YamlValue root)
    {
        switch (kind)
        {
            case SpecKind.Kit:
                _kit = KitReader.Read(root, _findings);
                break;
            case SpecKind.Mapping:
                _mapping = MappingReader.Read(root, _findings);
                break;
            case SpecKind.Simulation:
                _simulation = SimulationReader.Read(root, _findings);
                break;
            case SpecKind.Detection when DetectionReader.Read(root, _findings) is { } detection:
                _detections.Add(detection);
                break;
            case SpecKind.Watchlist when WatchlistReader.Read(root, _findings) is { } watchlist:
                _watchlists.Add(watchlist);
                break;
            case SpecKind.Workbook when WorkbookReader.Read(root, _findings) is { } workbook:
                _workbooks.Add(workbook);
                break;
            case SpecKind.Panel when PanelReader.Read(root, _findings) is { } panel:
                _panels.Add(panel);
                break;
            case SpecKind.Summary when SummaryReader.Read(root, _findings) is { } summary:
                _summaries.Add(summary);
                break;
            case SpecKind.Automation when AutomationReader.Read(root, _findings) is { } rule:
                _automation.Add(rule);
                break;
            case SpecKind.Tests when TestReader.Read(root, _findings) is { } tests:
                _tests.Add(tests);
                break;
        }
    }
}
