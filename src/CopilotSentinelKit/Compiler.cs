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
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing;
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
        if (Load(shipped, project, findings) is not { } pack)
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
        var pack = Load(shipped, project, ofProject);
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

    /// <summary>Compiles a project and runs its tests: what the tests expect against what the emitted KQL returns.</summary>
    /// <param name="shipped">Files of the shipped pack.</param>
    /// <param name="project">Files of the project, empty where there is no kit.yaml.</param>
    /// <param name="choice">Which tests.</param>
    /// <param name="engine">What runs the queries.</param>
    /// <param name="progress">Told what is being done; may be null.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="LanguageServiceException">A language service is missing or broken.</exception>
    public async Task<TestRun> TestAsync(
        ImmutableArray<SpecFile> shipped, ImmutableArray<SpecFile> project, TestChoice choice, IQueryEngine engine, IProgress<CompilerProgress>? progress, CancellationToken cancellation)
    {
        var compilation = await CompileAsync(shipped, project, progress, cancellation);
        if (compilation.HasErrors || compilation.Pack is not { } pack)
        {
            return new(compilation, []);
        }

        var findings = new List<Finding>();
        var bench = await TestBench.PrepareAsync(compilation.Analyzed, compilation.Schema!, kql, cancellation);
        var cases = new TestPlan(pack.Mapping, pack.Tests, bench, EventFiles.Of(shipped, project, findings), findings).Build(choice);
        var done = 0;
        var results = choice.Schedule
            ? await ScheduleReplay.RunAsync(cases, pack.Mapping, engine, Ran, cancellation)
            : await TestRunner.RunAsync(cases, engine, Ran, cancellation);
        return new(compilation.With(findings.Sorted()), results) { Mutations = await MutateAsync(cases, results, choice, engine, progress, cancellation) };

        void Ran() => progress?.Report(new("Running tests", Interlocked.Increment(ref done), cases.Length));
    }

    /// <summary>Runs tests beside existing content: what they expect against what the content's own queries return.</summary>
    /// <param name="shipped">Files of the shipped pack.</param>
    /// <param name="project">Files of the project, empty where there is no kit.yaml.</param>
    /// <param name="repository">The repository with the content and the tests.</param>
    /// <param name="tests">Paths of the test files in it.</param>
    /// <param name="choice">Which of their tests.</param>
    /// <param name="engine">What runs the queries.</param>
    /// <param name="progress">Told what is being done; may be null.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="LanguageServiceException">A language service is missing or broken.</exception>
    public async Task<TestRun> TestContentAsync(
        ImmutableArray<SpecFile> shipped,
        ImmutableArray<SpecFile> project,
        RepositoryFiles repository,
        ImmutableArray<string> tests,
        TestChoice choice,
        IQueryEngine engine,
        IProgress<CompilerProgress>? progress,
        CancellationToken cancellation)
    {
        var ofProject = new List<Finding>();
        if (Load(shipped, project, ofProject) is not { } pack)
        {
            return new(new(null, [], ofProject.Sorted()), []);
        }

        var findings = new List<Finding>();
        var content = new ContentTests(repository, pack, catalog, kql, findings);
        var cases = ImmutableArray.CreateBuilder<TestCase>();
        foreach (var path in tests)
        {
            progress?.Report(new("Reading tests", cases.Count, 0));
            cases.AddRange(await content.PlanAsync(path, choice, cancellation));
        }

        var results = choice.Schedule
            ? await ScheduleReplay.RunAsync(cases.ToImmutable(), pack.Mapping, engine, null, cancellation)
            : await TestRunner.RunAsync(cases.ToImmutable(), engine, null, cancellation);
        var policy = new FindingPolicy(pack.FindingRules, JudgedFiles.Of(new ForeignContent([], [.. findings], tests.Length, [])), [.. FindingPages.All.Select(page => page.Code)], today) { RulesAreForMore = true };
        var judged = policy.JudgeRun(findings);
        return new(new(pack, [], judged.Findings.Sorted()) { Suppressed = judged.Suppressed, Policy = policy }, results)
        {
            Mutations = await MutateAsync(cases.ToImmutable(), results, choice, engine, progress, cancellation),
        };
    }

    /// <summary>A first test of a query that people already have, to go on from.</summary>
    /// <param name="shipped">Files of the shipped pack.</param>
    /// <param name="project">Files of the project, empty where there is no kit.yaml.</param>
    /// <param name="repository">The repository with the query.</param>
    /// <param name="test">The test file to be, with its path in the repository; its bytes do not matter.</param>
    /// <param name="target">What it is for: a path as seen from the test file.</param>
    /// <param name="item">Which query of a file that has several, or null.</param>
    /// <param name="engine">What runs the query.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The text of the file, null when there is nothing to test; and what is left to say in it.</returns>
    /// <exception cref="LanguageServiceException">A language service is missing or broken.</exception>
    public async Task<(string? Text, ImmutableArray<Finding> Findings)> DraftTestAsync(
        ImmutableArray<SpecFile> shipped, ImmutableArray<SpecFile> project, RepositoryFiles repository, SpecFile test, string target, string? item, IQueryEngine engine, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        if (Load(shipped, project, findings) is not { } pack)
        {
            return (null, findings.Sorted());
        }

        findings.Clear();
        var text = await new TestDraft(repository, pack, catalog, kql, engine, findings).WriteAsync(test, target, item, cancellation);
        return (text, findings.Sorted());
    }

    private async Task<ImmutableArray<MutationResult>> MutateAsync(
        ImmutableArray<TestCase> cases, ImmutableArray<TestResult> results, TestChoice choice, IQueryEngine engine, IProgress<CompilerProgress>? progress, CancellationToken cancellation) => choice.Mutate
        ? await new MutationRunner(kql, engine).RunAsync(cases, results, (done, all) => progress?.Report(new("Making mistakes in queries", done, all)), cancellation)
        : [];

    /// <summary>The test files among some paths of a repository.</summary>
    public static ImmutableArray<string> FindTests(RepositoryFiles repository, IEnumerable<string> paths) =>
        [.. paths.Where(path => Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML" && ContentTests.IsTestFile(repository.Read(path)))];

    /// <summary>The first two stages: what there is to compile, without the language services. Null when there is nothing to build on.</summary>
    public static ResolvedPack? Load(ImmutableArray<SpecFile> shipped, ImmutableArray<SpecFile> project, List<Finding> findings)
    {
        var own = project.IsEmpty ? null : SpecReader.Read(project);
        var isWhole = own?.Kit is { Shipped: false };
        var below = isWhole ? SpecSet.Empty : SpecReader.Read(shipped);
        findings.AddRange(below.Findings.AddRange(own?.Findings ?? []));
        var templates = TemplateReader.Read([.. shipped, .. project], findings);
        return PackBuilder.Build(below, own, isWhole ? templates with { Spare = [.. shipped.Select(file => file.ShownPath)] } : templates, findings);
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

/// <summary>What became of the tests of a project.</summary>
/// <param name="Compilation">What was tested; with errors in it, no test ran.</param>
/// <param name="Results">A result for each test and source, in the order of targets, tests and sources.</param>
public sealed record TestRun(Compilation Compilation, ImmutableArray<TestResult> Results)
{
    /// <summary>What became of the mistakes that were made on purpose; none unless asked for.</summary>
    public ImmutableArray<MutationResult> Mutations { get; init; } = [];
}
