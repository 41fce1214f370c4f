namespace CopilotSentinelKit.Tests.Evaluate;

/// <summary>Literals, null, comparison, logic and arithmetic.</summary>
internal sealed class ScalarTypeTests
{
    private static readonly CaseTable Table = CaseTable.OfExpressions(
        ("1", "1"), ("int(7)", "7"), ("-3", "-3"), ("1.5", "1.5"), ("real(2)", "2.0"), ("1e3", "1000.0"), ("true", "true"), ("long(null)", "null"),
        ("0x10", "16"), ("'a\\tb'", "\"a\\tb\""), ("@'a\\b'", "\"a\\\\b\""), ("\"it's\"", "\"it's\""), ("h'secret'", "\"secret\""), ("@'it''s'", "\"it's\""),
        ("'a' 'b'", "\"ab\""), ("'\\u0041'", "\"A\""), ("guid(74be27de-1e4e-49d9-b579-fe0b331d3642)", "\"74be27de-1e4e-49d9-b579-fe0b331d3642\""),
        ("datetime(2015-12-31 23:59:59.9)", "\"2015-12-31T23:59:59.9000000Z\""), ("datetime(2015-12-31)", "\"2015-12-31T00:00:00.0000000Z\""),
        ("datetime(null)", "null"), ("datetime(2020-01-01T02:00:00+02:00)", "\"2020-01-01T00:00:00.0000000Z\""),
        ("2d", "\"2.00:00:00\""), ("1.5h", "\"01:30:00\""), ("30m", "\"00:30:00\""), ("10s", "\"00:00:10\""), ("100ms", "\"00:00:00.1000000\""),
        ("10microsecond", "\"00:00:00.0000100\""), ("1tick", "\"00:00:00.0000001\""), ("timespan(15 seconds)", "\"00:00:15\""), ("timespan(2)", "\"2.00:00:00\""),
        ("timespan(0.12:34:56.7)", "\"12:34:56.7000000\""), ("timespan(1d)", "\"1.00:00:00\""),
        ("dynamic([1, 'a', null, {\"k\": 1.5}])", "[1,\"a\",null,{\"k\":1.5}]"), ("dynamic({\"t\": datetime(2020-01-01), \"s\": 1d})", "{\"t\":\"2020-01-01T00:00:00.0000000Z\",\"s\":\"1.00:00:00\"}"),
        ("dynamic(null)", "null"), ("dynamic(4)", "4"), ("decimal(1.10)", "1.10"),

        // Null.
        ("long(null) == 1", "false"), ("long(null) != 1", "true"), ("long(null) == long(null)", "null"), ("long(null) != long(null)", "null"),
        ("long(null) > 1", "null"), ("1 <= long(null)", "null"), ("long(null) + 1", "null"), ("isnull(long(null))", "true"), ("isnull('')", "false"),
        ("isempty('')", "true"), ("isnotempty('')", "false"), ("isnotnull(1)", "true"), ("bool(null) and true", "null"), ("bool(null) and false", "false"),
        ("false and bool(null)", "false"), ("bool(null) or true", "true"), ("bool(null) or false", "null"), ("true or bool(null)", "true"), ("not(bool(null))", "null"),
        ("isempty(dynamic(null))", "true"), ("tostring(long(null))", "\"\""), ("strcat('a', long(null))", "\"a\""), ("tostring(dynamic(null)) == ''", "true"),

        // Comparison.
        ("1 == 1.0", "true"), ("1 < 1.5", "true"), ("'a' == 'A'", "false"), ("'a' =~ 'A'", "true"), ("'a' !~ 'A'", "false"), ("'a' != 'A'", "true"),
        ("datetime(2020-01-02) > datetime(2020-01-01)", "true"), ("10sec < 1h", "true"), ("5 between (1 .. 5)", "true"), ("6 between (1 .. 5)", "false"),
        ("6 !between (1 .. 5)", "true"), ("datetime(2020-01-03) between (datetime(2020-01-01) .. 3d)", "true"), ("datetime(2020-01-05) between (datetime(2020-01-01) .. 3d)", "false"),
        ("long(null) between (1 .. 5)", "null"), ("real(nan) == real(nan)", "false"), ("true == true", "true"), ("guid(74be27de-1e4e-49d9-b579-fe0b331d3642) == guid(74BE27DE-1e4e-49d9-b579-fe0b331d3642)", "true"),

        // Numbers.
        ("1 + 2 * 3", "7"), ("7 / 2", "3"), ("-7 / 2", "-3"), ("7 / 2.0", "3.5"), ("1 / 2.0", "0.5"), ("14 % 12", "2"), ("-14 % 12", "10"), ("14 % -12", "2"), ("-14 % -12", "10"),
        ("1.0 / 0", "\"Infinity\""), ("0.0 / 0", "\"NaN\""), ("9223372036854775807 + 1", "-9223372036854775808"), ("int(1) + int(2)", "3"), ("5.5 % 2", "1.5"), ("2 - 5", "-3"),
        ("decimal(0.1) + decimal(0.2) == decimal(0.3)", "true"), ("0.1 + 0.2 == 0.3", "false"), ("-(3)", "-3"), ("1.5 * 2", "3.0"),

        // Times.
        ("datetime(1997-06-25) - datetime(1910-06-11)", "\"31791.00:00:00\""), ("1d + 2d", "\"3.00:00:00\""), ("datetime(1910-06-11) + 1d", "\"1910-06-12T00:00:00.0000000Z\""),
        ("datetime(1910-06-11) - 1h", "\"1910-06-10T23:00:00.0000000Z\""), ("1d / 5h", "4.8"), ("1h / 1s", "3600.0"), ("1.5 * 1h", "\"01:30:00\""), ("86400 * 1s", "\"1.00:00:00\""),
        ("1d % 7h", "\"03:00:00\""), ("1d / 2", "\"12:00:00\""), ("now()", "\"2026-01-15T12:00:00.0000000Z\""), ("ago(1h)", "\"2026-01-15T11:00:00.0000000Z\""), ("now(-1d)", "\"2026-01-14T12:00:00.0000000Z\""),
        ("-1d", "\"-1.00:00:00\""), ("datetime(9999-12-31) + 2d", "null"));

    private static IEnumerable<TestCaseData> Cases => Table.Cases;

    [TestCaseSource(nameof(Cases))]
    public Task Gives(int index) => Table.VerifyAsync(index);
}
