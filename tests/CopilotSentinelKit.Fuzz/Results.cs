using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Fuzz;

/// <summary>What became of the inputs so far.</summary>
/// <param name="seed">The run's seed.</param>
internal sealed class Results(int seed)
{
    // Of a loaded machine with two processors; a hang takes longer, and so does what grows with the square of its input.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Each so many-th input is run twice.
    private const int Twice = 4;

    private readonly ConcurrentDictionary<string, (int Inputs, TimeSpan Longest, int Slowest)> _counts = new(StringComparer.Ordinal);
    private int _faults;

    public int Faults => _faults;

    /// <summary>Runs an input, and writes down what is wrong.</summary>
    public async Task AddAsync(Target target, int number)
    {
        var input = target.Make(new Random(HashCode(seed, number)));
        var clock = Stopwatch.StartNew();
        try
        {
            var run = Task.Run(() => target.RunAsync(input));
            if (await Task.WhenAny(run, Task.Delay(Patience)) != run)
            {
                Fail(target, number, input, string.Create(CultureInfo.InvariantCulture, $"It takes more than {Patience.TotalSeconds} seconds."));
                return;
            }

            var first = await run;
            if (number / Targets.Count % Twice == 0 && await target.RunAsync(input) is var second && second != first)
            {
                Fail(target, number, input, $"Two runs give two results.\n--- first\n{first}\n--- second\n{second}");
            }
        }
        catch (Exception fault)
        {
            Fail(target, number, input, fault.ToString());
        }

        _counts.AddOrUpdate(target.Name, (1, clock.Elapsed, number), (_, so) => so.Longest > clock.Elapsed ? (so.Inputs + 1, so.Longest, so.Slowest) : (so.Inputs + 1, clock.Elapsed, number));
    }

    /// <summary>A line for each target.</summary>
    public string Summary(TimeSpan elapsed) => string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {_counts.Values.Sum(count => count.Inputs)} inputs in {elapsed.TotalSeconds:0} s, {_faults} faults")
        + string.Concat(_counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count =>
            string.Create(CultureInfo.InvariantCulture, $"\n  {count.Key}: {count.Value.Inputs}, longest {count.Value.Longest.TotalSeconds:0.0} s (number {count.Value.Slowest})")));

    private void Fail(Target target, int number, SpecFile[] input, string what)
    {
        Interlocked.Increment(ref _faults);
        var folder = Directory.CreateTempSubdirectory("csk-fuzz-").FullName;
        foreach (var file in input)
        {
            var path = Path.Combine(folder, file.PackPath);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Bytes.ToArray());
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FAULT {target.Name}, --seed {seed} --first {number} --inputs 1, its files in {folder}:\n{what[..Math.Min(what.Length, 4000)]}\n"));
    }

    // Not that of the library, which differs from process to process.
    private static int HashCode(int seed, int number) => unchecked((seed * 1_000_003) ^ (number * 7_368_787));
}
