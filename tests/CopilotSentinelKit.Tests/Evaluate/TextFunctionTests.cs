namespace CopilotSentinelKit.Tests.Evaluate;

/// <summary>Functions of texts, regular expressions, encodings, conversions.</summary>
internal sealed class TextFunctionTests
{
    private static readonly CaseTable Table = CaseTable.OfExpressions(
        ("strlen('hello')", "5"), ("strlen('')", "0"), ("string_size('\u00e4')", "2"), ("tolower('AbC')", "\"abc\""), ("toupper('AbC')", "\"ABC\""), ("reverse('abc')", "\"cba\""),
        ("strcat('a', 1, true, 1.5)", "\"a1True1.5\""), ("strcat_delim('-', 1, '2', 'A')", "\"1-2-A\""), ("strrep('ab', 3)", "\"ababab\""), ("strrep('ab', 2, '-')", "\"ab-ab\""),
        ("strcmp('ABC', 'abc')", "-1"), ("strcmp('a', 'a')", "0"), ("substring('123456', 1)", "\"23456\""), ("substring('123456', 2, 2)", "\"34\""), ("substring('123456', -2, 2)", "\"56\""),
        ("substring('ab', 5)", "\"\""), ("indexof('abcdefg', 'cde')", "2"), ("indexof('abcdefg', 'cde', 1, 4)", "2"), ("indexof('abcdefg', 'cde', 1, 2)", "-1"),
        ("indexof('abcdefg', 'cde', 3, 4)", "-1"), ("indexof('abcdefg', 'cde', -5)", "2"), ("indexof('abcdabcd', 'ab', 0, -1, 2)", "4"), ("indexof('abc', 'x')", "-1"),
        ("split('aa_bb', '_')", "[\"aa\",\"bb\"]"), ("split('aaa_bbb_ccc', '_', 1)", "[\"bbb\"]"), ("split('', '_')", "[\"\"]"), ("split('a__b', '_')", "[\"a\",\"\",\"b\"]"), ("split('aabbcc', 'bb')", "[\"aa\",\"cc\"]"),
        ("replace_string('aXbX', 'X', 'y')", "\"ayby\""), ("replace_regex('Number is 1.00', @'is (\\d+)', @'was: \\1')", "\"Number was: 1.00\""), ("replace_regex('abc', 'b', '$0')", "\"a$0c\""),
        ("replace_strings('Hello world', dynamic(['Hello', 'world']), dynamic(['Bye', 'all']))", "\"Bye all\""),
        ("trim('--', '--https://example.com/--')", "\"https://example.com/\""), ("trim_start(@'[^\\w]+', '-  te st')", "\"te st\""), ("trim_end('.com', 'example.com')", "\"example\""), ("trim(@'\\s', '  a b ')", "\" a b\""), ("trim(@'\\s+', '  a b ')", "\"a b\""),
        ("countof('aaa', 'a')", "3"), ("countof('aaaa', 'aa')", "3"), ("countof('ababa', 'ab', 'normal')", "2"), ("countof('ababa', 'aba')", "2"), ("countof('ababa', 'aba', 'regex')", "1"), ("countof('abcabc', 'a.c', 'regex')", "2"),
        ("extract('x=([0-9.]+)', 1, 'hello x=45.6|wo')", "\"45.6\""), ("extract('x=([0-9.]+)', 0, 'hello x=45.6|wo')", "\"x=45.6\""), ("extract('([0-9.]+)', 1, 'x', typeof(real))", "null"),
        ("extract('x=([0-9.]+)', 1, 'x=45.6', typeof(real))", "45.6"), ("extract('y', 0, 'x')", "\"\""), ("extract(@'(?P<n>\\d)', 1, 'a1')", "\"1\""),
        ("extract_all(@'(\\d)', 'a1b2')", "[\"1\",\"2\"]"), ("extract_all(@'(\\w)(\\d)', 'a1b2')", "[[\"a\",\"1\"],[\"b\",\"2\"]]"), ("extract_all(@'(\\w)(\\d)', dynamic([2]), 'a1b2')", "[\"1\",\"2\"]"), ("extract_all('(x)', 'a')", "null"),
        ("strcat_array(dynamic([1, 'b', 2.5]), '->')", "\"1->b->2.5\""), ("translate('krasp', 'otsku', 'spark')", "\"kusto\""), ("translate('abc', 'x', 'abc')", "\"xxx\""), ("translate('abc', '', 'ab')", "\"\""),
        ("has_any_index('this is an example', dynamic(['this', 'example']))", "0"), ("has_any_index('this is an example', dynamic(['not', 'example']))", "1"), ("has_any_index('x', dynamic(['y']))", "-1"),
        ("make_string(dynamic([75, 117]))", "\"Ku\""), ("unicode_codepoints_from_string('ab')", "[97,98]"), ("isascii('a')", "true"),

        // Encodings.
        ("hash_sha256('World')", "\"78ae647dc5544d227130a0682a51e30bc7777fbb6d8a8f17007463a3ecd1d524\""), ("hash_md5('World')", "\"f5a7924e621e84c9280a9a27e1bcb7f6\""), ("hash_sha1('World')", "\"70c07ec18ef89c5309bbb0937f3a6342411e1fdd\""),
        ("base64_encode_tostring('Kusto')", "\"S3VzdG8=\""), ("base64_decode_tostring('S3VzdG8=')", "\"Kusto\""), ("url_encode('a b')", "\"a+b\""), ("url_decode('a%20b')", "\"a b\""),
        ("parse_url('scheme://username:password@host:1234/this/is/a/path?k1=v1&k2=v2#fragment').Host", "\"host\""), ("parse_url('https://a.example.com/p?x=1').['Query Parameters'].x", "\"1\""),
        ("parse_url('scheme://username:password@host:1234/p').Port", "\"1234\""), ("parse_urlquery('k1=v1&k2=v2').['Query Parameters'].k2", "\"v2\""),

        // Conversions.
        ("tolong('123')", "123"), ("tolong('x')", "null"), ("toint(2.3)", "2"), ("toint(-2.7)", "-2"), ("tolong('0x1F')", "31"), ("toreal('123.4')", "123.4"), ("toreal('x')", "null"),
        ("tobool('true')", "true"), ("tobool('False')", "false"), ("tobool(1)", "true"), ("tobool(123)", "true"), ("tobool('x')", "null"), ("tolong(true)", "1"),
        ("todatetime('2015-12-31 23:59:59.9')", "\"2015-12-31T23:59:59.9000000Z\""), ("todatetime('x')", "null"), ("todatetime('12-02-2022')", "stopped"), ("todatetime('2014-05-25T08:20')", "\"2014-05-25T08:20:00.0000000Z\""),
        ("todatetime('Sat, 8 Nov 14 15:05:02 GMT')", "\"2014-11-08T15:05:02.0000000Z\""), ("totimespan('0.00:03:00')", "\"00:03:00\""), ("totimespan('x')", "null"), ("toguid('74be27de1e4e49d9b579fe0b331d3642')", "\"74be27de-1e4e-49d9-b579-fe0b331d3642\""),
        ("tostring(123)", "\"123\""), ("tostring(1.5)", "\"1.5\""), ("tostring(true)", "\"True\""), ("tostring(dynamic(true))", "\"true\""), ("tostring(1d)", "\"1.00:00:00\""), ("tostring(datetime(2020-01-01))", "\"2020-01-01T00:00:00.0000000Z\""),
        ("tostring(dynamic({\"a\": [1, \"b\"]}))", "\"{\\\"a\\\":[1,\\\"b\\\"]}\""), ("tostring(dynamic('a'))", "\"a\""), ("todecimal('1.10')", "1.10"), ("toint(99999999999)", "1215752191"),
        ("parse_json('{\"a\":{\"b\":[1,2.5]}}').a.b[1]", "2.5"), ("parse_json('[1,')", "\"[1,\""), ("parse_json('')", "null"), ("parse_json('null')", "null"), ("todynamic('5')", "5"),
        ("gettype('a')", "\"string\""), ("gettype(111)", "\"long\""), ("gettype(1 == 1)", "\"bool\""), ("gettype(now())", "\"datetime\""), ("gettype(1s)", "\"timespan\""), ("gettype(parse_json('{}'))", "\"dictionary\""),
        ("gettype(parse_json('[]'))", "\"array\""), ("gettype(123.45)", "\"real\""), ("gettype(parse_json(''))", "\"null\""), ("gettype(parse_json('\"abc\"'))", "\"string\""), ("gettype(guid(12e8b78d-55b4-46ae-b068-26d7a0080254))", "\"guid\""),

        // Choices.
        ("iff(1 > 2, 'a', 'b')", "\"b\""), ("iff(bool(null), 'a', 'b')", "\"b\""), ("iif(true, 1, 2.5)", "1.0"), ("case(1 > 2, 'a', 2 > 1, 'b', 'c')", "\"b\""), ("case(false, 1, 9)", "9"),
        ("coalesce(long(null), 5)", "5"), ("coalesce('', 'a')", "\"a\""), ("coalesce(long(null), long(null))", "null"), ("max_of(10, 1, 17)", "17"), ("min_of(10, 1, 17)", "1"), ("max_of(long(null), 3)", "3"), ("max_of(1, 2.5)", "2.5"), ("not(false)", "true"));

    private static IEnumerable<TestCaseData> Cases => Table.Cases;

    [TestCaseSource(nameof(Cases))]
    public Task Gives(int index) => Table.VerifyAsync(index);
}
