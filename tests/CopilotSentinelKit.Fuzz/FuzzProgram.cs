using System.Diagnostics;
using System.Globalization;

namespace CopilotSentinelKit.Fuzz;

/// <summary>Runs mutated inputs through the kit, a number of them, or for a time; or kills csk generate a number of times. The same seed and number give the same input.</summary>
internal static class FuzzProgram
{
    private const int UsualInputs = 2000;

    private static async Task<int> Main(string[] args)
    {
        if (Options(args) is not { } options)
        {
            await Console.Error.WriteLineAsync("usage: [--inputs N] [--minutes M] [--seed S] [--only specs|content|events|kql] [--first I], or --kills N [--seed S]");
            return 2;
        }

        if (options.Kills is { } count)
        {
            using var kills = new Kills(options.Seed);
            return kills.Run(count);
        }

        await using var targets = await Targets.OpenAsync(options.Only);
        var clock = Stopwatch.StartNew();
        var results = new Results(options.Seed);
        using var end = new CancellationTokenSource(options.Minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : Timeout.InfiniteTimeSpan);
        try
        {
            await Parallel.ForEachAsync(
                Numbers(options),
                new ParallelOptions { CancellationToken = end.Token, MaxDegreeOfParallelism = Environment.ProcessorCount },
                async (number, _) => await results.AddAsync(targets.All[number % targets.All.Length], number));
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }

        Console.WriteLine(results.Summary(clock.Elapsed));
        return results.Faults == 0 ? 0 : 1;
    }

    private static IEnumerable<int> Numbers(FuzzOptions options)
    {
        var last = options.Minutes is null ? options.First + options.Inputs : int.MaxValue;
        for (var number = options.First; number < last; number++)
        {
            yield return number;
        }
    }

    private static FuzzOptions? Options(string[] args)
    {
        var options = new FuzzOptions(UsualInputs, null, 1, null, 0, null);
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            var next = args[i] switch
            {
                "--inputs" when isNumber => options with { Inputs = number },
                "--minutes" when isNumber => options with { Minutes = number },
                "--seed" when isNumber => options with { Seed = number },
                "--first" when isNumber => options with { First = number },
                "--kills" when isNumber => options with { Kills = number },
                "--only" when Targets.Names.Contains(value) => options with { Only = value },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            options = next;
        }

        return options;
    }

    private sealed record FuzzOptions(int Inputs, int? Minutes, int Seed, string? Only, int First, int? Kills);
}
