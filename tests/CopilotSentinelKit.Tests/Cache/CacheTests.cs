using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Cli.Cache;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cache;

internal sealed class CacheTests
{
    private static readonly TestPack Pack = TestPack.Rule(
        "template: first", "parameters: { few: { type: int, default: 1 } }", "query: CopilotEvents() | where ActorUpm == 'a'").With("templates/detections/first.scriban", "{{ query }}\n| take {{ few | kql }}");

    private string _folder = "";

    [SetUp]
    public void Create() => _folder = Directory.CreateTempSubdirectory("csk-cache-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task The_second_run_asks_nothing_and_gives_the_same()
    {
        var first = await RunAsync(Pack);
        var second = await RunAsync(Pack);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Analyzed, Is.EqualTo(3));
            Assert.That(second.Analyzed, Is.Zero);
            Assert.That(second.Output, Is.EqualTo(first.Output).And.Contain("KS142"));
        }
    }

    [Test]
    public void What_came_with_the_program_is_found_and_left_alone()
    {
        var carried = Path.Combine(_folder, "carried");
        var own = Path.Combine(_folder, "own");
        var build = new ResultCache(carried, "v");
        var key = build.Key("a query");
        build.Write(key, [1, 2, 3]);
        var run = new ResultCache(own, "v", carried);
        Assert.That(run.Read(key), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(run.Read(run.Key("another query")), Is.Null);
        run.Write(run.Key("another query"), [4]);
        run.Prune();
        Assert.That(Directory.GetFiles(carried, "*", SearchOption.AllDirectories), Has.Length.EqualTo(1));
        Assert.That(new ResultCache(own, "v").Read(key), Is.Null);
        Assert.That(new ResultCache(null, "other build", carried).Read(new ResultCache(null, "other build").Key("a query")), Is.Null);
    }

    [TestCase("template: first", "", 1, Description = "a template")]
    [TestCase("few: { type: int, default: 1", "few: { type: int, default: 2", 1, Description = "a value")]
    [TestCase("ActorUpm == 'a'", "ActorUpm == 'b'", 1, Description = "a query")]
    [TestCase("name: A name", "name: Another", 0, Description = "what no query depends on")]
    public async Task A_change_of_a_detection_is_analysed_again(string part, string other, int analyzed)
    {
        await RunAsync(Pack);
        var changed = await RunAsync(Pack.Replace(TestPack.RulePath, part, other));
        Assert.That(changed.Analyzed, Is.EqualTo(analyzed));
    }

    [Test]
    public async Task A_change_of_a_template_that_renders_the_same_is_not_analysed_again()
    {
        await RunAsync(Pack);
        var changed = await RunAsync(Pack.Replace("templates/detections/first.scriban", "{{ query }}", "{{# a comment #}}{{ query }}"));
        Assert.That(changed.Analyzed, Is.Zero);
    }

    [TestCase("tables: { ContosoHr_CL: { TimeGenerated: datetime } }", Description = "a table")]
    [TestCase("functions: { ContosoVip: { columns: { Upn: string } } }", Description = "a function")]
    [TestCase("watchlists: { VipUsers: { Upn: string } }", Description = "a watchlist")]
    public async Task A_change_of_the_workspace_is_analysed_again(string kit)
    {
        await RunAsync(Pack.WithKit(""));
        var changed = await RunAsync(Pack.WithKit(kit));
        Assert.That(changed.Analyzed, Is.EqualTo(3));
    }

    [Test]
    public async Task Another_version_of_the_kit_believes_nothing()
    {
        await RunAsync(Pack);
        var other = await RunAsync(Pack, version: "2");
        Assert.That(other.Analyzed, Is.EqualTo(3));
    }

    [Test]
    public async Task A_tree_of_any_depth_is_cached_or_asked_again()
    {
        var analyzer = new CachedKqlAnalyzer(SharedHost.Analyzer, new(_folder, "1"));
        KqlRequest deep = new("print x = " + string.Concat(Enumerable.Repeat("1 + (", 150)) + "1" + new string(')', 150), [], WithTree: true);
        var schema = new KqlSchema(SharedHost.Catalog, [], [], []);
        var first = await analyzer.AnalyzeAsync(schema, [deep], null, CancellationToken.None);
        var second = await analyzer.AnalyzeAsync(schema, [deep], null, CancellationToken.None);
        Assert.That(Depth(second[0].Tree!), Is.EqualTo(Depth(first[0].Tree!)));
    }

    [TestCaseSource(nameof(Damages))]
    public async Task A_damaged_cache_gives_the_same_result(Action<string> damage)
    {
        var first = await RunAsync(Pack);
        damage(_folder);
        Assert.That((await RunAsync(Pack)).Output, Is.EqualTo(first.Output));
        Assert.That((await RunAsync(Pack)).Output, Is.EqualTo(first.Output));
    }

    [Test]
    public async Task A_folder_that_cannot_be_used_is_no_error()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "");
        var expected = (await RunAsync(Pack)).Output;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await RunAsync(Pack, file)).Output, Is.EqualTo(expected));
            Assert.That((await RunAsync(Pack, Path.Combine(file, "below"))).Output, Is.EqualTo(expected));
            Assert.That(await File.ReadAllTextAsync(file), Is.Empty);
            Assert.That(() => new ResultCache(file, "1").Prune(), Throws.Nothing);
            Assert.That(() => new ResultCache(Path.Combine(_folder, "missing"), "1").Prune(), Throws.Nothing);
        }
    }

    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{\"Diagnostics\":null,\"Columns\":[],\"Tables\":[],\"Functions\":[],\"Watchlists\":[],\"ColumnsRead\":[],\"Tree\":null}")]
    [TestCase("{\"Diagnostics\":[null],\"Columns\":[null],\"Tables\":[null],\"Functions\":[],\"Watchlists\":[],\"ColumnsRead\":[],\"Tree\":null}")]
    [TestCase("{\"Diagnostics\":[],\"Columns\":[],\"Tables\":[],\"Functions\":[],\"Watchlists\":[],\"ColumnsRead\":[],\"Tree\":\"AAAAAAA=\"}")]
    public async Task A_result_of_another_shape_counts_as_not_there(string json)
    {
        var first = await RunAsync(Pack);
        var keys = Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)!).ToList();
        Assert.That(keys, Has.Count.EqualTo(3));
        foreach (var key in keys)
        {
            new ResultCache(_folder, "1").Write(key, Encoding.UTF8.GetBytes(json));
        }

        Assert.That(await RunAsync(Pack), Is.EqualTo(first));
    }

    [Test]
    public async Task A_folder_that_cannot_be_written_is_no_error()
    {
        // Where a folder of a result should be, there is a file: this holds for root too, whom permissions do not stop.
        foreach (var i in Enumerable.Range(0, 256))
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, i.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)), "");
        }

        var blocked = await RunAsync(Pack);
        Assert.That(blocked.Analyzed, Is.EqualTo(3));
        Assert.That((await RunAsync(Pack)).Output, Is.EqualTo(blocked.Output));
    }

    [Test]
    public async Task No_folder_keeps_nothing()
    {
        var cache = new ResultCache(null, "1");
        cache.Write(cache.Key("a"), [1]);
        Assert.That(cache.Read(cache.Key("a")), Is.Null);
        Assert.That(cache.Prune, Throws.Nothing);
        await Task.CompletedTask;
    }

    [Test]
    public void Parts_of_a_key_do_not_run_together()
    {
        var cache = new ResultCache(null, "1");
        Assert.That(cache.Key("ab", "c"), Is.Not.EqualTo(cache.Key("a", "bc")));
        Assert.That(cache.Key("a", ""), Is.Not.EqualTo(cache.Key("a")));
    }

    [Test]
    public void Pruning_deletes_old_results_and_nothing_else()
    {
        var cache = new ResultCache(_folder, "1");
        var (old, young) = (cache.Key("old"), cache.Key("young"));
        cache.Write(old, [1]);
        cache.Write(young, [1]);
        var foreign = Path.Combine(_folder, "thesis.docx");
        File.WriteAllText(foreign, "");
        var abandoned = Path.Combine(_folder, old[..2], old + ".123.tmp");
        File.WriteAllText(abandoned, "");
        foreach (var path in (string[])[PathOf(old), foreign, abandoned])
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-31));
        }

        cache.Prune();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cache.Read(old), Is.Null);
            Assert.That(cache.Read(young), Is.Not.Null);
            Assert.That(foreign, Does.Exist);
            Assert.That(abandoned, Does.Not.Exist);
        }
    }

    private static IEnumerable<TestCaseData<Action<string>>> Damages()
    {
        yield return Each("truncated", (path, bytes) => File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]));
        yield return Each("empty", (path, _) => File.WriteAllBytes(path, []));
        yield return Each("a flipped bit at the end", (path, bytes) => Flip(path, bytes, bytes.Length - 1));
        yield return Each("a flipped bit at the start", (path, bytes) => Flip(path, bytes, 0));
        yield return Each("a flipped bit in the middle", (path, bytes) => Flip(path, bytes, bytes.Length / 2));
        yield return Each("foreign", (path, _) => File.WriteAllText(path, "{\"Text\":\"SecurityEvent\",\"Segments\":[],\"Error\":null}"));
        yield return Each("a folder in its place", (path, _) =>
        {
            File.Delete(path);
            Directory.CreateDirectory(path);
        });
        yield return new TestCaseData<Action<string>>(Rotate).SetArgDisplayNames("each under another's name");
    }

    private static TestCaseData<Action<string>> Each(string name, Action<string, byte[]> damage) => new TestCaseData<Action<string>>(folder =>
    {
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            damage(path, File.ReadAllBytes(path));
        }
    }).SetArgDisplayNames(name);

    private static void Flip(string path, byte[] bytes, int at)
    {
        bytes[at] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static void Rotate(string folder)
    {
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        var contents = files.Select(File.ReadAllBytes).ToArray();
        for (var i = 0; i < files.Length; i++)
        {
            File.WriteAllBytes(files[i], contents[(i + 1) % files.Length]);
        }
    }

    private static int Depth(SyntaxNode node) => 1 + node.Children.Select(Depth).DefaultIfEmpty(0).Max();

    private string PathOf(string key) => Path.Combine(_folder, key[..2], key);

    private async Task<(int Analyzed, string Output)> RunAsync(TestPack pack, string? folder = null, string version = "1")
    {
        var cache = new ResultCache(folder ?? _folder, version);
        var analyzer = new CountedAnalyzer();
        var compilation = await pack.CompileAsync(new CachedKqlAnalyzer(analyzer, cache));
        var files = ContentEmitter.Emit(compilation.Items, [OutputFormat.Yaml, OutputFormat.Arm]).Artifacts.Select(file => file.Path + "\n" + file.Text);
        return (analyzer.Count, Marked.Shown(compilation.Findings) + "\n" + string.Concat(files));
    }

    private sealed class CountedAnalyzer : IKqlAnalyzer
    {
        public int Count { get; private set; }

        public Task<ImmutableArray<KqlAnalysis>> AnalyzeAsync(KqlSchema schema, ImmutableArray<KqlRequest> requests, Action? analyzed, CancellationToken cancellation)
        {
            Count += requests.Length;
            return SharedHost.Analyzer.AnalyzeAsync(schema, requests, analyzed, cancellation);
        }
    }
}
