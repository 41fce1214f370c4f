using System.Diagnostics;

namespace CopilotSentinelKit.Fuzz;

/// <summary>Kills <c>csk generate</c> while it writes, a number of times, and looks whether the next command leaves the old output or the new one, whole.</summary>
internal sealed class Kills(int seed) : IDisposable
{
    private const int ToldEvery = 25;
    // Those that take no second come more often.
    private static readonly string[][] NextCommands = [["check"], ["list"], ["generate", "--check"], ["list"], ["list"], ["test", "--filter", "copilot-jailbreak-attempt"], ["list"], ["generate", "--check"], ["list"], ["list"]];

    // The name goes into every GUID, so that every file of the second side differs; each side has a rule that the other lacks.
    private static readonly string[] Sides =
    [
        "name: first-side\npublisher: X\nsources: [CopilotActivity]\ndetections: { copilot-volume-spike: { disable: true } }\n",
        "name: second-side\npublisher: X\nsources: [CopilotActivity]\ndetections: { copilot-denied-access-burst: { disable: true } }\n",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("csk-kills-").FullName;
    private readonly Random _random = new(seed);

    private string Content => Path.Combine(_folder, "content");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Runs and kills, runs that ended before their kill not counted; 0 when every kill left one side whole, else 1.</summary>
    public int Run(int kills)
    {
        var clock = Stopwatch.StartNew();
        var sides = Sides.Select((kit, side) => Complete(kit, $"side-{side}")).ToList();
        var writing = TimeToWrite();
        var (old, young, mixed) = (0, 0, 0);
        while (old + young + mixed < kills)
        {
            Restore();
            if (!KillOne(writing))
            {
                continue;
            }

            var next = NextCommands[(old + young + mixed) % NextCommands.Length];
            using (var command = Csk(next))
            {
                command.WaitForExit();
            }

            var left = Snapshot(Content);
            if (left.SequenceEqual(sides[0]))
            {
                old++;
            }
            else if (left.SequenceEqual(sides[1]))
            {
                young++;
            }
            else
            {
                mixed++;
                Console.WriteLine($"A kill left neither side after csk {string.Join(' ', next)}: {string.Join(", ", left.Except(sides[0]).Except(sides[1]).Select(file => file.Path).Take(5))}");
            }

            if ((old + young + mixed) % ToldEvery == 0 || old + young + mixed == kills)
            {
                Console.WriteLine($"{old + young + mixed} kills, seed {seed}, {clock.Elapsed.TotalMinutes:F0} minutes: {old} left the old output, {young} the new one, {mixed} a mixture.");
            }
        }

        return mixed == 0 ? 0 : 1;
    }

    private List<(string Path, string Text)> Complete(string kit, string keep)
    {
        File.WriteAllText(Path.Combine(_folder, "kit.yaml"), kit);
        using var run = Csk("generate");
        run.WaitForExit();
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"csk generate ended with {run.ExitCode}.");
        }

        Copy(Content, Path.Combine(_folder, ".kept", keep));
        return Snapshot(Content);
    }

    private void Restore()
    {
        Directory.Delete(Content, recursive: true);
        Copy(Path.Combine(_folder, ".kept", "side-0"), Content);
        File.WriteAllText(Path.Combine(_folder, "kit.yaml"), Sides[1]);
    }

    // From the claim of the folder to the end of the process, once.
    private TimeSpan TimeToWrite()
    {
        Restore();
        using var run = Csk("generate");
        WaitForClaim(run);
        var clock = Stopwatch.StartNew();
        run.WaitForExit();
        return clock.Elapsed;
    }

    // False when the run had ended before.
    private bool KillOne(TimeSpan writing)
    {
        using var run = Csk("generate");
        WaitForClaim(run);
        Thread.Sleep(writing * _random.NextDouble());
        var isRunning = !run.HasExited;
        run.Kill(entireProcessTree: true);
        run.WaitForExit();
        return isRunning;
    }

    private void WaitForClaim(Process run)
    {
        var claim = Path.Combine(Content, ".csk-writing");
        while (!run.HasExited && !File.Exists(claim))
        {
            Thread.Sleep(1);
        }
    }

    private Process Csk(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "csk.dll"), .. arguments])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CSK_CACHE"] = Path.Combine(_folder, ".cache");
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    // Every file there is, hidden ones too.
    private static List<(string Path, string Text)> Snapshot(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => (Path.GetRelativePath(folder, path), File.ReadAllText(path))).Order()];

    private static void Copy(string from, string to)
    {
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
    }
}
