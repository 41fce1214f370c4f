using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Emit.Defender;
using CopilotSentinelKit.Emit.Formats;
using CopilotSentinelKit.Emit.Solutions;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Findings.Policy;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Generate;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Validate;

namespace CopilotSentinelKit;

/// <summary>The whole pipeline: Read, Build, Generate, Analyze, Validate, Emit. Texts in, texts out; a mistake in them is a finding.</summary>
/// <param name="kql">Kusto.Language.</param>
/// <param name="catalog">Microsoft's tables.</param>
/// <param name="today">The day on which suppressions of findings may have ended; when left out, none has.</param>
public sealed partial class Compiler(IKqlAnalyzer kql, TableCatalog catalog, DateOnly today = default)
{
    private const int FormatBatch = 64;

    /// <summary>Whether findings say too what changes for rules when Sentinel is only in the Defender portal.</summary>
    public bool ForPortal { get; init; }

    /// <summary>The environment of the project to compile for, or null for what kit.yaml says for all; a name that it does not have is a finding.</summary>
    public string? Environment { get; init; }

    /// <summary>Compiles a project, or the shipped pack when there is none.</summary>
    /// <param name="shipped">Files of the shipped pack.</param>
    /// <param name="project">Files of the project, empty where there is no kit.yaml.</param>
    /// <param name="progress">Told what is being done; may be null.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <param name="formats">Formats that will be wanted beside those of kit.yaml: custom detections of Defender have queries of their own.</param>
    /// <exception cref="LanguageServiceException">A language service is missing or broken.</exception>
    public async Task<Compilation> CompileAsync(
        ImmutableArray<SpecFile> shipped, ImmutableArray<SpecFile> project, IProgress<CompilerProgress>? progress, CancellationToken cancellation, params ImmutableArray<OutputFormat> formats)
    {
        var findings = new List<Finding>();
        if (Load(shipped, project, findings, Environment) is not { } pack)
        {
            return new(null, [], findings.Sorted());
        }

        progress?.Report(new("Rendering queries", 0, 0));
        var content = Generator.Generate(pack, catalog, findings, cancellation);

        var analyzed = await ContentAnalysis.RunAsync(content, pack, catalog, kql, progress, cancellation);
        findings.AddRange(Validator.Run(analyzed.Items, analyzed.Schema, ForPortal).AddRange(MaskedColumnsCheck.Run(pack, analyzed.Items)));

        // Inline parsers stand in each query, so there is no function to deploy; they were checked all the same.
        ImmutableArray<ContentItem> items =
            [.. analyzed.Items.Select(item => item.Item).Where(item => item is not DataCollectionRule && (item is not ParserFunction || pack.Parsers == ParserPlacement.Deployed))];
        if (pack.Formats.AddRange(formats).Contains(OutputFormat.Defender) && !findings.Exists(finding => finding.Severity == FindingSeverity.Error))
        {
            items = CustomDetections.Add(pack, items, await DefenderAnalysis.RunAsync(pack, catalog, kql, cancellation), findings);
        }

        var policy = new FindingPolicy(pack.FindingRules, JudgedFiles.Of(shipped, project, pack, analyzed.Items), [.. FindingPages.All.Select(page => page.Code)], today);
        var judged = policy.JudgeRun(findings);
        return new(pack, items, judged.Findings) { Suppressed = judged.Suppressed, Policy = policy, Analyzed = analyzed.Items, Schema = analyzed.Schema };
    }

    /// <summary>The last stage: the files that content becomes.</summary>
    /// <param name="compilation">A project's, without an error.</param>
    /// <param name="formats">The formats wanted; none for those that kit.yaml names.</param>
    public static Emission Emit(Compilation compilation, ImmutableArray<OutputFormat> formats)
    {
        var pack = compilation.Pack ?? throw new ArgumentException("Nothing was compiled.", nameof(compilation));
        var findings = new List<Finding>();
        var wanted = formats.IsEmpty ? pack.Formats : formats;
        var others = TextFormats.Render(TextContentOf(compilation, pack), wanted, findings)
            .AddRange(SolutionFormat.Render(pack, compilation.Items, wanted, findings))
            .AddRange(DefenderFormat.Render(compilation.Items, wanted))
            .AddRange(wanted.Contains(OutputFormat.Arm) ? IngestionArm.Write(compilation.Analyzed.Select(content => content.Item).OfType<DataCollectionRule>()) : []);
        return ContentEmitter.Emit(compilation.Items, wanted, others.AsSpan()) with { Findings = findings.Sorted() };
    }

    /// <summary>What is wrong with the templates of the formats that kit.yaml names; nothing for content that people already have, or with an error.</summary>
    /// <param name="compilation">What was compiled or checked.</param>
    public static ImmutableArray<Finding> CheckFormats(Compilation compilation)
    {
        var findings = new List<Finding>();
        if (compilation is { Imported: null, HasErrors: false, Pack: { } pack })
        {
            TextFormats.Render(TextContentOf(compilation, pack), pack.Formats, findings);
        }

        return findings.Sorted();
    }

    /// <summary>What the rules of a project scan, the most costly first.</summary>
    /// <param name="compilation">A project's.</param>
    public static ImmutableArray<RuleCost> Costs(Compilation compilation) => compilation.Schema is { } schema ? RuleCosts.Of(compilation.Analyzed, schema.Catalog) : [];

    /// <summary>What writing these files would change in the output folder, with the findings that the project's policy leaves.</summary>
    /// <param name="compilation">What was compiled.</param>
    /// <param name="emission">Its files.</param>
    /// <param name="state">What is in the folder.</param>
    /// <param name="overwrite">Replace files that were edited by hand or that the kit did not write.</param>
    public static OutputPlan Plan(Compilation compilation, Emission emission, OutputState state, bool overwrite)
    {
        ImmutableArray<string> others = compilation.Pack is { } pack && !emission.Formats.SequenceEqual(pack.Formats)
            ? [.. OutputFormats.In(pack.Templates).Except(emission.Formats).Select(format => format.Name + "/")]
            : [];
        var plan = OutputPlan.Create(emission, state, overwrite, others);
        plan = plan with { Findings = emission.Findings.AddRange(plan.Findings) };
        return compilation.Policy?.Judge(plan.Findings) is { } judged ? plan with { Findings = judged.Findings, Suppressed = judged.Suppressed } : plan;
    }

    /// <summary>Checks content that people already have: Read, Analyze, Validate. What the project declares is known to it.</summary>
    /// <param name="shipped">Files of the shipped pack.</param>
    /// <param name="project">Files of the project, empty where there is no kit.yaml.</param>
    /// <param name="content">The files to check, with any paths; each is asked for once.</param>
    /// <param name="progress">Told what is being done; may be null.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="LanguageServiceException">A language service is missing or broken.</exception>
    public async Task<Compilation> CheckAsync(
        ImmutableArray<SpecFile> shipped, ImmutableArray<SpecFile> project, IEnumerable<SpecFile> content, IProgress<CompilerProgress>? progress, CancellationToken cancellation)
    {
        var ofProject = new List<Finding>();
        var pack = Load(shipped, project, ofProject, Environment);
        var files = 0;
        var read = ContentReader.Read(content, Validator.Check, () => progress?.Report(new("Reading files", ++files, 0)));
        var analysis = new ForeignAnalysis(kql, WorkspaceSchema.Of(pack, catalog), pack?.Mapping.Sources ?? [], progress);
        var findings = await Validator.RunAsync(read.Items, analysis.RunAsync(read.Items, cancellation), ForPortal);

        // Of the project only its kit.yaml matters here: its specs are checked without a path.
        var ofKit = ofProject.Where(finding => project.Any(file => file.ShownPath == finding.Span.File.Path && !file.PackPath.Contains('/', StringComparison.Ordinal)));
        var policy = new FindingPolicy(pack?.FindingRules ?? [], JudgedFiles.Of(read), [.. FindingPages.All.Select(page => page.Code)], today) { RulesAreForMore = true };
        var judged = policy.JudgeRun(read.Findings.Concat(findings).Concat(ofKit));
        return new(pack, read.Items, judged.Findings) { Suppressed = judged.Suppressed, Policy = policy, Imported = read };
    }

    /// <summary>Lays out the KQL in content that people already have, a file after the other; files without a query are left out.</summary>
    /// <param name="content">The files, with any paths; each is asked for once.</param>
    /// <param name="progress">Told what is being done; may be null.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="LanguageServiceException">A language service is missing or broken.</exception>
    public async Task<ImmutableArray<LaidOutFile>> FormatAsync(IEnumerable<SpecFile> content, IProgress<CompilerProgress>? progress, CancellationToken cancellation)
    {
        var layout = new ContentLayout(kql, new KqlSchema(catalog, [], [], []));
        var files = ImmutableArray.CreateBuilder<LaidOutFile>();
        foreach (var batch in content.Chunk(FormatBatch))
        {
            progress?.Report(new("Laying out queries", files.Count, 0));
            files.AddRange(await layout.RunAsync(batch, cancellation));
        }

        return files.DrainToImmutable();
    }

    /// <summary>The first two stages: what there is to compile, without the language services. Null when there is nothing to build on.</summary>
    /// <param name="shipped">Files of the shipped pack.</param>
    /// <param name="project">Files of the project, empty where there is no kit.yaml.</param>
    /// <param name="findings">Takes what is wrong, in every environment of the project: a mistake in another one would else wait for its release.</param>
    /// <param name="environment">The environment to build for, or null.</param>
    public static ResolvedPack? Load(ImmutableArray<SpecFile> shipped, ImmutableArray<SpecFile> project, List<Finding> findings, string? environment = null)
    {
        var own = project.IsEmpty ? null : SpecReader.Read(project);
        var isWhole = own?.Kit is { Shipped: false };
        var below = isWhole ? SpecSet.Empty : SpecReader.Read(shipped);
        findings.AddRange(below.Findings.AddRange(own?.Findings ?? []));
        var read = TemplateReader.Read([.. shipped, .. project], findings);
        var templates = isWhole ? read with { Spare = [.. shipped.Select(file => file.ShownPath)] } : read;

        var environments = own?.Kit?.Environments ?? [];
        var chosen = environments.FirstOrDefault(known => known.Name.Value == environment);
        if (environment is not null && chosen is null)
        {
            findings.Add(ModelFindings.UnknownEnvironment(
                environment, new(own?.Kit?.Span.File ?? new SourceFile("kit.yaml", ""), 0, 0), environments.Select(known => known.Name.Value)));
            return null;
        }

        var (pack, found) = Build(chosen);
        findings.AddRange(found.Concat(environments.Where(other => other != chosen).SelectMany(other => Build(other).Findings))
            .DistinctBy(finding => (finding.Code, finding.Span.ToString(), finding.Message)));
        return pack;

        (ResolvedPack? Pack, List<Finding> Findings) Build(EnvironmentSpec? layer)
        {
            var found = new List<Finding>();
            return (PackBuilder.Build(below, own, templates, found, layer), found);
        }
    }
}

/// <summary>What a compilation gave.</summary>
/// <param name="Pack">What was compiled, or null when it could not be read.</param>
/// <param name="Items">Sentinel content, parsers first; what could not be rendered is missing.</param>
/// <param name="Findings">Findings by file, place and code; none that the project suppresses.</param>
public sealed record Compilation(ResolvedPack? Pack, ImmutableArray<ContentItem> Items, ImmutableArray<Finding> Findings)
{
    /// <summary>Findings that do not count, each with its <see cref="Finding.Suppression"/>.</summary>
    public ImmutableArray<Finding> Suppressed { get; init; } = [];

    /// <summary>What the project wants of findings, for those that come later; null when nothing was compiled.</summary>
    public FindingPolicy? Policy { get; init; }

    /// <summary>For content that people already had: what was read; null for a project.</summary>
    public ForeignContent? Imported { get; init; }

    /// <summary>All content with its analysis, inline parsers too; empty when nothing was compiled.</summary>
    internal ImmutableArray<AnalyzedContent> Analyzed { get; init; } = [];

    /// <summary>What the queries could name; null when nothing was compiled.</summary>
    internal KqlSchema? Schema { get; init; }

    /// <summary>The same with findings that came later, judged by the project's policy.</summary>
    public Compilation With(ImmutableArray<Finding> later)
    {
        if (Policy?.Judge(later) is not { } judged)
        {
            return this with { Findings = Findings.AddRange(later) };
        }

        return this with { Findings = Findings.AddRange(judged.Findings), Suppressed = Suppressed.AddRange(judged.Suppressed) };
    }

    /// <summary>Whether a finding is an error, so that nothing may be written.</summary>
    public bool HasErrors => Findings.Any(finding => finding.Severity == FindingSeverity.Error);
}
