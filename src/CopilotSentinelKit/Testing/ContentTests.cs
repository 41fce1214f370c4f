using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Generate;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Testing;

/// <summary>Tests in files beside existing content: the query that each file is for is run as it is, with the parsers of its repository.</summary>
/// <param name="files">The repository.</param>
/// <param name="pack">The project, or the shipped pack: what it declares is known, and its parsers can be called.</param>
/// <param name="catalog">Microsoft's tables.</param>
/// <param name="kql">Kusto.Language.</param>
/// <param name="findings">Takes what is wrong with the tests.</param>
/// <param name="index">The content of the repository, where it has been read before.</param>
internal sealed partial class ContentTests(RepositoryFiles files, ResolvedPack pack, TableCatalog catalog, IKqlAnalyzer kql, List<Finding> findings, ContentIndex? index = null)
{
    private readonly ContentIndex _index = index ?? new(files);
    private readonly EventFiles _events = EventFiles.Of(files, findings);
    private ImmutableArray<ParserFunction>? _ofKit;

    /// <summary>Whether a file holds tests, by its keys.</summary>
    public static bool IsTestFile(SpecFile file) =>
        SpecText.Decode(file.ShownPath, file.Bytes.Span, []) is { } source && For().IsMatch(source.Text) && Tests().IsMatch(source.Text);

    /// <summary>The cases of a test file; none when something is wrong with it, which is then a finding.</summary>
    /// <param name="path">Its path in the repository.</param>
    /// <param name="choice">Which tests.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task<ImmutableArray<TestCase>> PlanAsync(string path, TestChoice choice, CancellationToken cancellation)
    {
        if (await AnalyzeAsync(path, cancellation) is not { } tested || HasUnknown(tested))
        {
            return [];
        }

        // What is tested may be a parser itself, which nothing before it has called.
        var (file, item, analyzed, schema) = tested;
        var known = schema.Functions.Select(function => function.Name).ToHashSet(StringComparer.Ordinal);
        schema = schema with
        {
            Functions =
            [
                .. schema.Functions,
                .. from content in analyzed
                   let parser = content.Item as ParserFunction
                   where parser is not null && !known.Contains(parser.Alias)
                   select new KqlFunction(parser.Alias, parser.Parameters, content.Analysis?.Columns ?? []),
            ],
        };
        analyzed = analyzed.AddRange(_index.TablesAndWatchlists.OfType<Watchlist>().Select(list => new AnalyzedContent(list, null)));
        var bench = await TestBench.PrepareAsync(analyzed, schema, kql, cancellation);
        return new TestPlan(pack.Mapping, [new(item.Id.Value, file.Tests)], bench, _events, findings) { OnSourcesRead = true }.Build(choice);
    }

    /// <summary>What a test file is for, bound; null when something is wrong with it, which is then a finding.</summary>
    /// <param name="path">Its path in the repository.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task<TestedQuery?> AnalyzeAsync(string path, CancellationToken cancellation)
    {
        var read = files.Read(path);
        if (SpecText.Decode(read.ShownPath, read.Bytes.Span, findings) is not { } source || YamlReader.Read(source, findings) is not { } root
            || TestReader.Read(root, findings) is not { } file || new TestedContent(files, _index, findings).Find(file) is not { } item)
        {
            return null;
        }

        var parsers = Called(item, [.. file.Tests.SelectMany(test => test.Functions).Select(function => function.Name.Value)]);
        var schema = new ContentTestSchema(pack, catalog, _index, _events).Of(file);
        var analyzed = ImmutableArray.CreateBuilder<AnalyzedContent>();
        await foreach (var (content, against) in new ForeignAnalysis(kql, schema, pack.Mapping.Sources, null).RunAsync([.. parsers, item], cancellation))
        {
            analyzed.Add(content);
            schema = against;
        }

        return new(file, item, analyzed.ToImmutable(), schema);
    }

    /// <summary>Whether queries name what nobody knows, each a finding: without its columns nothing that a query does with a table can be right.</summary>
    public bool HasUnknown(TestedQuery tested)
    {
        var unknown = tested.Unknown
            .Select(use => TestFindings.UnknownName(tested.File.For.Span, use.Name.Name, use.Name.Use == UnknownUse.Function, use.Query.Locate(use.Name.Start, use.Name.Length)))
            .ToList();
        findings.AddRange(unknown);
        return unknown.Count > 0;
    }

    /// <summary>The parsers that a query calls, and those that they call; not those that the tests stand in for.</summary>
    private List<ParserFunction> Called(ContentItem item, HashSet<string> stubs)
    {
        var found = new Dictionary<string, ParserFunction>(StringComparer.Ordinal);
        var waiting = new Queue<string>([TestedContent.QueryOf(item)!.Text]);
        while (waiting.TryDequeue(out var text))
        {
            foreach (var name in QueryTables.WordsOf(text).Where(name => !stubs.Contains(name) && !found.ContainsKey(name) && name != (item as ParserFunction)?.Alias))
            {
                if ((_index.Parser(name) ?? OfKit(name)) is { } parser)
                {
                    found.Add(name, parser);
                    waiting.Enqueue(parser.Query.Text);
                }
            }
        }

        return [.. found.Values];
    }

    private ParserFunction? OfKit(string name)
    {
        if (pack.Mapping.Parsers.All(parser => parser.Name.Value != name))
        {
            return null;
        }

        _ofKit ??= Generator.Generate(pack, catalog, [], CancellationToken.None).Parsers;
        return _ofKit.Value.FirstOrDefault(parser => parser.Alias == name);
    }

    [GeneratedRegex(@"^for\s*:", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex For();

    [GeneratedRegex(@"^tests\s*:", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Tests();
}

/// <summary>The query that a test file is for, bound with the parsers that it calls.</summary>
/// <param name="File">The test file.</param>
/// <param name="Item">What is tested.</param>
/// <param name="Analyzed">It and the parsers, each after those that it calls.</param>
/// <param name="Schema">What its query was bound against.</param>
internal sealed record TestedQuery(TestFileSpec File, ContentItem Item, ImmutableArray<AnalyzedContent> Analyzed, KqlSchema Schema)
{
    /// <summary>Names that nobody knows, each where it stands first.</summary>
    public IEnumerable<(UnknownName Name, Query Query)> Unknown => Analyzed
        .SelectMany(content => (content.Analysis?.UnknownNames ?? []).Where(name => name.Use != UnknownUse.FuzzyTable).Select(name => (Name: name, Query: content.Item.GetQuery()!)))
        .DistinctBy(use => use.Name.Name);
}
