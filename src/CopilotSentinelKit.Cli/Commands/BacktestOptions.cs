using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>Which detections csk backtest runs, and when.</summary>
internal sealed partial class BacktestOptions
{
    private const int MostDays = 365;
    private const int UsualLimit = 1000;

    private readonly Option<int> _days = new("--days")
    {
        Description = "How many days to go back.",
        DefaultValueFactory = _ => 7,
        CustomParser = argument => Number(argument, MostDays),
        HelpName = "N",
    };

    private readonly Option<DateTime?> _until = new("--until")
    {
        Description = "The time of the last run, in UTC: 2026-01-31 or 2026-01-31T08:00. Left out: now.",
        CustomParser = ParseTime,
        HelpName = "TIME",
    };

    private readonly Option<string[]> _filter = new("--filter")
    {
        Description = "Id of a rule or hunt to run; several times for several. Left out: all.",
        HelpName = "ID",
    };

    private readonly Option<TimeSpan?> _every = new("--every")
    {
        Description = "Time between runs in place of each rule's own frequency: 30m, 6h, 1d. A scheduled rule then runs at some of its times only, and misses what the others would have seen; a run of an NRT rule reads all that was taken in since the one before.",
        CustomParser = ParseDuration,
        HelpName = "DURATION",
    };

    private readonly Option<int> _limit = new("--limit")
    {
        Description = "The most queries to send; one query holds up to 32 runs of a rule.",
        DefaultValueFactory = _ => UsualLimit,
        CustomParser = argument => Number(argument, int.MaxValue),
        HelpName = "N",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_days);
        command.Options.Add(_until);
        command.Options.Add(_filter);
        command.Options.Add(_every);
        command.Options.Add(_limit);
    }

    public TimeSpan Length(ParseResult parsed) => TimeSpan.FromDays(parsed.GetValue(_days));

    public ImmutableArray<string> Filter(ParseResult parsed) => [.. parsed.GetValue(_filter) ?? []];

    public TimeSpan? Every(ParseResult parsed) => parsed.GetValue(_every);

    public int Limit(ParseResult parsed) => parsed.GetValue(_limit);

    /// <summary>The time of the last run: whole minutes, so that the runs of a day can be read.</summary>
    public DateTime Until(ParseResult parsed)
    {
        var now = DateTime.UtcNow;
        return parsed.GetValue(_until) ?? new(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc);
    }

    private static int Number(ArgumentResult argument, int most)
    {
        var written = argument.Tokens[0].Value;
        if (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most)
        {
            return number;
        }

        argument.AddError(most == int.MaxValue ? $"\"{written}\" is no number from 1." : FormattableString.Invariant($"\"{written}\" is no number from 1 to {most}."));
        return 0;
    }

    private static DateTime? ParseTime(ArgumentResult argument)
    {
        var written = argument.Tokens[0].Value;
        if (DateTime.TryParseExact(
            written.TrimEnd('Z'), ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            && time > DateTime.UnixEpoch)
        {
            return time;
        }

        argument.AddError($"\"{written}\" is no time such as 2026-01-31 or 2026-01-31T08:00.");
        return null;
    }

    private static TimeSpan? ParseDuration(ArgumentResult argument)
    {
        var written = argument.Tokens[0].Value;
        if (Duration().Match(written) is { Success: true } match)
        {
            var number = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            return match.Groups[2].Value switch { "m" => TimeSpan.FromMinutes(number), "h" => TimeSpan.FromHours(number), _ => TimeSpan.FromDays(number) };
        }

        argument.AddError($"\"{written}\" is no duration such as 30m, 6h or 1d.");
        return null;
    }

    [GeneratedRegex("^([1-9][0-9]{0,3})([mhd])\\z")]
    private static partial Regex Duration();
}
