
using CopilotSentinelKit.Kql;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Contract;

/// <summary>Cases with their results, a line each: <c>input => result</c>, with ⏎ for a line break. Both hosts must give the same, except in
/// differences.txt, where a result is that of the Node host, ≠, and that in process. To record them anew from the Node host (and the second halves
/// of differences.txt in process): UPDATE_GOLDEN=1 dotnet test --filter Contract; refused in CI.</summary>
internal sealed class ContractFile
{
    private const string Arrow = " => ";
    private const string Differs = " ≠ ";

    private readonly string _path;
    private readonly List<string> _lines;

    public ContractFile(params string[] path)
    {
        _path = Repository.PathOf(["tests", "CopilotSentinelKit.Tests", "Contract", .. path]);
        _lines = [.. File.ReadAllLines(_path)];
    }

    public static bool IsNode { get; } = LanguageServices.Describe().Name == "Node.js";

    public static bool IsUpdate { get; } = Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    /// <summary>The inputs in order.</summary>
    public IEnumerable<string> Inputs => Cases.Select(line => Decode(line.Split(Arrow)[0]));

    private IEnumerable<string> Cases => _lines.Where(IsCase);

    /// <summary>Compares results, in the order of the inputs, with those in the file.</summary>
    public void Verify(IEnumerable<string> results)
    {
        var actual = Cases.Zip(results, (line, result) => With(line, Encode(result))).ToList();
        Assert.That(actual, Has.Count.EqualTo(Cases.Count()).And.Count.GreaterThan(0));
        if (IsUpdate)
        {
            Update(actual);
        }
        else
        {
            Assert.That(string.Join('\n', actual), Is.EqualTo(string.Join('\n', Cases)));
        }

        // A difference that is none any more must not stay in the list.
        Assert.That(actual.Where(line => line.Split(Arrow, 2)[1].Split(Differs) is [var node, var inProcess] && node == inProcess), Is.Empty);
    }

    private static bool IsCase(string line) => line.Contains(Arrow, StringComparison.Ordinal) && !line.StartsWith('#');

    private static string With(string line, string result)
    {
        var parts = line.Split(Arrow, 2);
        return parts[0] + Arrow + (parts[1].Split(Differs) switch
        {
            [_, var inProcess] when IsNode => result + Differs + inProcess,
            [var node, _] => node + Differs + result,
            _ => result,
        });
    }

    private void Update(List<string> actual)
    {
        Assert.That(Environment.GetEnvironmentVariable("CI"), Is.Null.Or.Empty, "Golden files are not accepted in CI.");
        Assert.That(IsNode || actual.TrueForAll(line => line.Contains(Differs, StringComparison.Ordinal)), "Results are recorded from the Node host.");
        var next = 0;
        File.WriteAllText(_path, string.Concat(_lines.Select(line => (IsCase(line) ? actual[next++] : line) + "\n")));
    }

    private static string Encode(string text) => text.Replace('\n', '⏎');

    private static string Decode(string text) => text.Replace('⏎', '\n');
}
