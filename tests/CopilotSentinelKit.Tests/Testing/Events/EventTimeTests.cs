using System.Globalization;
using CopilotSentinelKit.Testing.Events;
using FsCheck;
using FsCheck.Fluent;

namespace CopilotSentinelKit.Tests.Testing.Events;

internal sealed class EventTimeTests
{
    private static readonly DateTime Now = new(2026, 3, 1, 12, 30, 0, DateTimeKind.Utc);

    [TestCase("2026-02-28T23:59:59", "2026-02-28T23:59:59.0000000Z"), TestCase("2026-02-28T23:59:59Z", "2026-02-28T23:59:59.0000000Z"), TestCase("2026-02-28 23:59:59.1234567Z", "2026-02-28T23:59:59.1234567Z")]
    [TestCase("2026-02-28T23:59", "2026-02-28T23:59:00.0000000Z"), TestCase("2026-02-28", "2026-02-28T00:00:00.0000000Z"), TestCase("2026-02-28T23:59:59.5+02:00", "2026-02-28T21:59:59.5000000Z"), TestCase("2026-02-28T23:59:59-0330", "2026-03-01T03:29:59.0000000Z")]
    [TestCase("-5m", "2026-03-01T12:25:00.0000000Z"), TestCase("-1h30m", "2026-03-01T11:00:00.0000000Z"), TestCase("+2m", "2026-03-01T12:32:00.0000000Z"), TestCase("-14d", "2026-02-15T12:30:00.0000000Z"), TestCase("-1d1h1m1s", "2026-02-28T11:28:59.0000000Z")]
    [TestCase("0m", "2026-03-01T12:30:00.0000000Z"), TestCase("now", "2026-03-01T12:30:00.0000000Z"), TestCase("-0s", "2026-03-01T12:30:00.0000000Z"), TestCase(" -5m ", "2026-03-01T12:25:00.0000000Z")]
    public void Times_are_read(string text, string time)
    {
        var read = EventTime.TryRead(text, Now);
        Assert.That(read?.ToString("o", CultureInfo.InvariantCulture), Is.EqualTo(time));
        Assert.That(read!.Value.Kind, Is.EqualTo(DateTimeKind.Utc));
    }

    [TestCase(""), TestCase("-"), TestCase("5m"), TestCase("m"), TestCase("-5"), TestCase("-5x"), TestCase("-5m1h"), TestCase("--5m"), TestCase("-1.5h"), TestCase("-999999999d"), TestCase("+999999999d"), TestCase("-5m5m"), TestCase("Now"), TestCase("0")]
    [TestCase("5/2/2026 7:00:00 AM"), TestCase("2026-13-01"), TestCase("2026-02-30"), TestCase("2026-02-28T25:00:00"), TestCase("2026-2-8"), TestCase("20260228"), TestCase("2026-02-28T10"), TestCase("0001-01-01T00:00:00+14:00"), TestCase("2026-02-28T10:00:00 UTC"), TestCase("٢٠٢٦-02-28")]
    public void Anything_else_is_no_time(string text) => Assert.That(EventTime.TryRead(text, Now), Is.Null);

    [Test]
    public void A_distance_is_that_far_from_now() => Prop.ForAll(
        Gen.Choose(0, 500_000).ToArbitrary(), Gen.Elements('-', '+').ToArbitrary(), (seconds, sign) =>
        {
            var span = TimeSpan.FromSeconds(seconds);
            var text = FormattableString.Invariant($"{sign}{span.Days}d{span.Hours}h{span.Minutes}m{span.Seconds}s");
            return EventTime.TryRead(text, Now) == (sign == '-' ? Now - span : Now + span);
        }).QuickCheckThrowOnFailure();

    [Test]
    public void No_text_is_too_odd() => Prop.ForAll(
        Gen.ListOf(Gen.Elements("-", "+", "5", "m", "h", "d", "2026", ":", "T", "Z", "99999999999", ".", " ", "é")).Select(string.Concat).ToArbitrary(),
        text => EventTime.TryRead(text, Now) is null or { Kind: DateTimeKind.Utc }).QuickCheckThrowOnFailure();
}
