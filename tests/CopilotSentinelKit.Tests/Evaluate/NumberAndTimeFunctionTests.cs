namespace CopilotSentinelKit.Tests.Evaluate;

/// <summary>Functions of numbers, times and addresses.</summary>
internal sealed class NumberAndTimeFunctionTests
{
    private static readonly CaseTable Table = CaseTable.OfExpressions(
        ("abs(-5)", "5"), ("abs(-1.5)", "1.5"), ("abs(-1h)", "\"01:00:00\""), ("sign(-42)", "-1.0"), ("sign(0)", "0.0"), ("round(2.98765, 3)", "2.988"), ("round(2.15, 1)", "2.2"), ("round(2.5)", "3.0"), ("round(-2.5)", "-3.0"), ("round(50, -2)", "100"),
        ("ceiling(1.1)", "2.0"), ("sqrt(4)", "2.0"), ("pow(2, 3)", "8.0"), ("log10(1000)", "3.0"), ("log2(8)", "3.0"), ("log(1)", "0.0"), ("exp(0)", "1.0"), ("exp2(3)", "8.0"), ("exp10(2)", "100.0"), ("pi() > 3.14", "true"),
        ("sin(0)", "0.0"), ("degrees(0)", "0.0"), ("binary_and(6, 3)", "2"), ("binary_or(6, 3)", "7"), ("binary_xor(6, 3)", "5"), ("binary_not(0)", "-1"), ("bitset_count_ones(42)", "3"), ("isnan(0.0 / 0)", "true"), ("isinf(1.0 / 0)", "true"), ("isfinite(1.5)", "true"),
        ("bin(4.5, 1)", "4.0"), ("bin(7, 5)", "5"), ("bin(-7, 5)", "-10"), ("bin(16d, 7d)", "\"14.00:00:00\""), ("bin(datetime(1970-05-11 13:45:07), 1d)", "\"1970-05-11T00:00:00.0000000Z\""), ("bin(long(null), 5)", "null"), ("bin(5, long(null))", "null"),
        ("floor(5.7, 1)", "5.0"), ("bin_at(6.5, 2.5, 7)", "4.5"), ("bin_at(1h, 1d, 12h)", "\"-12:00:00\""), ("bin_at(datetime(2017-05-15 10:20:00.0), 1d, datetime(1970-01-01 12:00:00.0))", "\"2017-05-14T12:00:00.0000000Z\""),
        ("startofday(datetime(2017-01-01 10:10:17))", "\"2017-01-01T00:00:00.0000000Z\""), ("startofday(datetime(2017-01-01 10:10:17), -1)", "\"2016-12-31T00:00:00.0000000Z\""), ("startofweek(datetime(2017-01-01 10:10:17))", "\"2017-01-01T00:00:00.0000000Z\""),
        ("startofweek(datetime(2017-01-04))", "\"2017-01-01T00:00:00.0000000Z\""), ("startofmonth(datetime(2017-01-15))", "\"2017-01-01T00:00:00.0000000Z\""), ("startofmonth(datetime(2017-01-15), 1)", "\"2017-02-01T00:00:00.0000000Z\""), ("startofyear(datetime(2017-05-05))", "\"2017-01-01T00:00:00.0000000Z\""),
        ("endofday(datetime(2017-01-01 10:10:17))", "\"2017-01-01T23:59:59.9999999Z\""), ("endofweek(datetime(2017-01-01 10:10:17))", "\"2017-01-07T23:59:59.9999999Z\""), ("endofmonth(datetime(2017-02-01))", "\"2017-02-28T23:59:59.9999999Z\""), ("endofyear(datetime(2017-02-01), -1)", "\"2016-12-31T23:59:59.9999999Z\""),
        ("dayofweek(datetime(2015-12-14))", "\"1.00:00:00\""), ("dayofmonth(datetime(2015-12-14))", "14"), ("dayofyear(datetime(2015-12-14))", "348"), ("hourofday(datetime(2015-12-14 18:54))", "18"), ("monthofyear(datetime(2015-12-14))", "12"), ("getmonth(datetime(2015-10-12))", "10"), ("getyear(datetime(2015-10-12))", "2015"),
        ("week_of_year(datetime(2020-12-31))", "53"), ("week_of_year(datetime(2020-06-15))", "25"), ("week_of_year(datetime(1970-01-01))", "1"), ("datetime_part('year', datetime(2017-10-30 01:02:03.7654321))", "2017"), ("datetime_part('quarter', datetime(2017-10-30))", "4"),
        ("datetime_part('hour', datetime(2017-10-30 01:02:03))", "1"), ("datetime_part('millisecond', datetime(2017-10-30 01:02:03.7654321))", "765"), ("datetime_part('microsecond', datetime(2017-10-30 01:02:03.7654321))", "765432"), ("datetime_part('dayOfYear', datetime(2017-10-30))", "303"),
        ("datetime_add('month', 1, datetime(2017-01-31))", "\"2017-02-28T00:00:00.0000000Z\""), ("datetime_add('week', -5, datetime(2017-01-01))", "\"2016-11-27T00:00:00.0000000Z\""), ("datetime_add('hour', 1, datetime(2017-01-01))", "\"2017-01-01T01:00:00.0000000Z\""), ("datetime_add('year', 1, datetime(2020-02-29))", "\"2021-02-28T00:00:00.0000000Z\""),
        ("datetime_diff('year', datetime(2017-01-01), datetime(2000-12-31))", "17"), ("datetime_diff('quarter', datetime(2017-07-01), datetime(2017-03-30))", "2"), ("datetime_diff('month', datetime(2017-01-01), datetime(2015-12-30))", "13"),
        ("datetime_diff('week', datetime(2017-10-29 00:00), datetime(2017-09-30 23:59))", "5"), ("datetime_diff('day', datetime(2017-10-29 00:00), datetime(2017-09-30 23:59))", "29"), ("datetime_diff('hour', datetime(2017-10-31 01:00), datetime(2017-10-30 23:59))", "2"),
        ("datetime_diff('minute', datetime(2017-10-30 23:05:01), datetime(2017-10-30 23:00:59))", "5"), ("datetime_diff('second', datetime(2017-10-30 23:00:10.100), datetime(2017-10-30 23:00:00.900))", "10"), ("datetime_diff('nanosecond', datetime(2017-10-30 23:00:00.0000000), datetime(2017-10-30 23:00:00.0000007))", "-700"),
        ("format_datetime(datetime(2017-01-29 09:00:05), 'yy-MM-dd [HH:mm:ss]')", "\"17-01-29 [09:00:05]\""), ("format_datetime(datetime(2017-01-29 09:00:05), 'yyyy-M-dd [H:mm:ss]')", "\"2017-1-29 [9:00:05]\""), ("format_datetime(datetime(2017-01-29 21:00:05), 'yy-MM-dd [hh:mm:ss tt]')", "\"17-01-29 [09:00:05 PM]\""),
        ("format_datetime(datetime(2009-06-15 13:45:30.6170000), 's.fff')", "\"30.617\""), ("format_datetime(datetime(2009-06-15 13:45:30.6170000), 's.FFFFF')", "\"30.617\""), ("format_datetime(now(), 'MMM')", "refused CSK1003 format_datetime(now(), 'MMM')"),
        ("format_timespan(time(29.09:00:05.12345), 'dd.hh:mm:ss:FF')", "\"29.09:00:05:12\""), ("format_timespan(time(29.09:00:05.12345), 'ddd.h:mm:ss [fffffff]')", "\"029.9:00:05 [1234500]\""),
        ("make_datetime(2017, 10, 1, 12, 10, 1.5)", "\"2017-10-01T12:10:01.5000000Z\""), ("make_datetime(2017, 13, 1)", "null"), ("make_timespan(1, 12, 30)", "\"01:12:30\""), ("make_timespan(1, 12)", "\"01:12:00\""), ("make_timespan(1, 12, 30, 55)", "\"1.12:30:55\""),
        ("unixtime_seconds_todatetime(1546300800)", "\"2019-01-01T00:00:00.0000000Z\""), ("unixtime_milliseconds_todatetime(1546300800000)", "\"2019-01-01T00:00:00.0000000Z\""), ("unixtime_microseconds_todatetime(1546300800000000)", "\"2019-01-01T00:00:00.0000000Z\""), ("unixtime_nanoseconds_todatetime(1546300800000000000)", "\"2019-01-01T00:00:00.0000000Z\""),

        // Addresses.
        ("ipv4_is_private('10.1.2.3')", "true"), ("ipv4_is_private('192.168.1.1/24')", "true"), ("ipv4_is_private('127.0.0.1')", "false"), ("ipv4_is_private('x')", "null"), ("ipv4_is_private('172.32.0.1')", "false"),
        ("ipv4_is_in_range('192.168.1.1', '192.168.1.1')", "true"), ("ipv4_is_in_range('192.168.1.1', '192.168.1.255/24')", "true"), ("ipv4_is_in_range('192.168.2.1', '192.168.1.0/24')", "false"), ("ipv4_is_in_range('x', '192.168.1.0/24')", "null"),
        ("ipv4_is_in_any_range('192.168.1.6', '192.168.1.1/24', '10.0.0.1/8')", "true"), ("ipv4_is_in_any_range('127.0.0.1', dynamic(['127.0.0.1', '192.168.1.1']))", "true"), ("ipv4_is_in_any_range('8.8.8.8', dynamic(['127.0.0.1']))", "false"),
        ("ipv4_is_match('192.168.1.1/24', '192.168.1.255')", "true"), ("ipv4_is_match('192.168.1.1', '192.168.1.2', 31)", "false"), ("ipv4_is_match('192.168.1.2', '192.168.1.3', 31)", "true"), ("ipv4_compare('127.0.0.1', '127.0.0.1')", "0"), ("ipv4_compare('192.168.1.1', '192.168.1.255')", "-1"),
        ("parse_ipv4('192.168.1.1')", "3232235777"), ("parse_ipv4('192.168.1.1/24')", "3232235776"), ("parse_ipv4('1.2.3')", "null"), ("parse_ipv4_mask('127.0.0.1', 24)", "2130706432"), ("format_ipv4('192.168.1.255', 24)", "\"192.168.1.0\""), ("format_ipv4_mask('192.168.1.255', 24)", "\"192.168.1.0/24\""),
        ("ipv4_netmask_suffix('10.1.2.3')", "32"), ("ipv4_netmask_suffix('10.1.2.3/8')", "8"), ("ipv6_is_match('fe80::85d:e82c:9446:7994', 'fe80::85d:e82c:9446:7995')", "false"), ("ipv6_is_match('fe80::85d:e82c:9446:7994/127', 'fe80::85d:e82c:9446:7995')", "true"), ("ipv6_is_match('192.168.1.1', '::ffff:c0a8:0101')", "true"),
        ("ipv6_is_in_range('a5e:f127:8a9d:146d:e102:b5d3:c755:abcd', 'a5e:f127:8a9d:146d:e102:b5d3:c755:0/112')", "true"), ("ipv6_is_in_any_range('2001:db8::1', dynamic(['2001:db8::/32']))", "true"), ("ipv6_compare('a::1', 'a::2')", "-1"),
        ("parse_ipv6('127.0.0.1')", "\"0000:0000:0000:0000:0000:ffff:7f00:0001\""), ("parse_ipv6('fe80::1')", "\"fe80:0000:0000:0000:0000:0000:0000:0001\""), ("parse_ipv6_mask('fe80::85d:e82c:9446:7994', 120)", "\"fe80:0000:0000:0000:085d:e82c:9446:7900\""), ("parse_ipv6('x')", "\"\""),
        ("has_ipv4('05:04:54 127.0.0.1 GET /favicon.ico 404', '127.0.0.1')", "true"), ("has_ipv4('05:04:54 127.0.0.256 GET', '127.0.0.256')", "false"), ("has_ipv4('05:04:54127.0.0.1 GET', '127.0.0.1')", "false"), ("has_any_ipv4('x 127.0.0.1 y', '127.0.0.1', '127.0.0.2')", "true"),
        ("has_ipv4_prefix('05:04:54 127.0.0.1 GET', '127.0.')", "true"), ("has_any_ipv4_prefix('05:04:54 127.0.0.1 GET', dynamic(['127.0.', '192.168.']))", "true"), ("has_ipv4_prefix('05:04:54 127.0.0.1 GET', '127.1.')", "false"));

    private static IEnumerable<TestCaseData> Cases => Table.Cases;

    [TestCaseSource(nameof(Cases))]
    public Task Gives(int index) => Table.VerifyAsync(index);
}
