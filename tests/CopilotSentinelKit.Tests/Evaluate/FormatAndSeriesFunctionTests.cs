namespace CopilotSentinelKit.Tests.Evaluate;

/// <summary>Texts of a certain form, hashes, paths into JSON, series as vectors; and what no function takes for granted.</summary>
internal sealed class FormatAndSeriesFunctionTests
{
    private static readonly CaseTable Table = CaseTable.OfExpressions(
        ("hash('World')", "1846988464401551951"), ("hash_xxhash64('Hello')", "753694413698530628"), ("hash('World', 100)", "51"), ("hash(datetime(2015-01-01))", "1380966698541616202"), ("hash('')", "-1205034819632174695"),
        ("hash('Hello', 100)", "28"), ("hash('', 100)", "stopped"), ("hash('a text that is longer than thirty-two bytes, so that it has stripes') == hash('a text that is longer than thirty-two bytes, so that it has stripes')", "true"),
        ("hash(1)", "refused CSK1003 hash(1)"), ("hash_many('a', 'b')", "refused CSK1002 hash_many"),
        ("extract_json('$.name', '{\"name\": \"John\", \"age\": 30}')", "\"John\""), ("extract_json('$.age', '{\"age\": 30}', typeof(long))", "30"), ("extractjson('$.a[1].b', '{\"a\": [1, {\"b\": [2]}]}')", "\"[2]\""), ("extract_json(\"$['Log Level']\", '{\"Log Level\": \"INFO\"}')", "\"INFO\""),
        ("extract_json('$.x', '{\"name\": 1}')", "\"\""), ("extract_json('$.x', 'no json', typeof(long))", "null"), ("extract_json('$.a[*]', '{}')", "refused CSK1003 extract_json('$.a[*]', '{}')"),
        ("parse_version('0.0.0.5')", "5"), ("parse_version('0.0.7.0')", "700000000"), ("parse_version('0.2')", "20000000000000000"), ("parse_version('1.2.3.4')", "1000000020000000300000004"), ("parse_version('1')", "1000000000000000000000000"), ("parse_version('1.0') == parse_version('1.0.0.0')", "true"),
        ("parse_version('1.10') > parse_version('1.9')", "true"), ("parse_version('1.x')", "null"), ("parse_version('1.2.3.4.5')", "null"), ("parse_version('123456789')", "null"), ("parse_version('99999999')", "stopped"),
        ("parse_path('C:\\\\temp\\\\file.txt')", "{\"Scheme\":\"\",\"RootPath\":\"C:\",\"DirectoryPath\":\"C:\\\\temp\",\"DirectoryName\":\"temp\",\"Filename\":\"file.txt\",\"Extension\":\"txt\",\"AlternateDataStreamName\":\"\"}"),
        ("parse_path('file://C:/temp/file.txt:some.exe').AlternateDataStreamName", "\"some.exe\""), ("parse_path('file://C:/temp/file.txt:some.exe').Scheme", "\"file\""), ("parse_path(@'\\\\shared\\users\\temp\\file.txt.gz').DirectoryPath", "\"\\\\\\\\shared\\\\users\\\\temp\""),
        ("parse_path('/usr/lib/temp/file.txt').DirectoryName", "\"temp\""), ("parse_path('/usr/lib/temp/file.txt').RootPath", "\"\""), ("parse_path('temp\\\\file').Extension", "\"\""), ("parse_path('a|b')", "stopped"),
        ("parse_csv('aa,\"b,b,b\",cc,\"Escaping quotes: \"\"Title\"\"\",\"line1\\nline2\"')", "[\"aa\",\"b,b,b\",\"cc\",\"Escaping quotes: \\\"Title\\\"\",\"line1\\nline2\"]"), ("parse_csv('record1,a,b,c\\nrecord2,x')", "[\"record1\",\"a\",\"b\",\"c\"]"), ("parse_csv('a,,')", "[\"a\",\"\",\"\"]"), ("parse_csv('a \"b\" c')", "stopped"),
        ("tohex(256)", "\"100\""), ("tohex(-256)", "\"ffffffffffffff00\""), ("tohex(toint(-256), 8)", "\"ffffff00\""), ("tohex(256, 8)", "\"00000100\""), ("tohex(256, 2)", "\"100\""), ("regex_quote('(so$me.Te^xt)')", "\"\\\\(so\\\\$me\\\\.Te\\\\^xt\\\\)\""),
        ("unicode_codepoints_to_string(75, 117, 115)", "\"Kus\""), ("unicode_codepoints_to_string(dynamic([75, 117]), 115)", "\"Kus\""), ("indexof_regex('abcabc', 'a.c')", "0"), ("indexof_regex('abcabcdefg', 'a.c', 0, 9, 2)", "3"), ("indexof_regex('abcabc', 'a.c', 1, -1, 2)", "-1"),
        ("indexof_regex('ababaa', 'a.a', 0, -1, 2)", "-1"), ("indexof_regex('ab', '^b', 1)", "refused CSK1003 indexof_regex('ab', '^b', 1)"), ("binary_shift_left(1, 2)", "4"), ("binary_shift_right(-8, 1)", "-4"), ("binary_shift_left(1, 65)", "2"), ("binary_shift_left(1, -1)", "null"),
        ("url_encode('https://example.com/hello world')", "\"https%3a%2f%2fexample.com%2fhello+world\""), ("url_encode_component('hello world/')", "\"hello%20world%2f\""), ("url_encode('a~')", "stopped"),
        ("replace_strings('cat into dog', dynamic(['cat', 'dog']), dynamic(['dog', 'pigeon']))", "\"dog into pigeon\""), ("replace_strings('This is', dynamic(['This', 'is']), dynamic(['This', 'was']))", "\"This was\""), ("replace_strings('This is', dynamic(['is', 'This']), dynamic(['was', 'This']))", "\"Thwas was\""),
        ("indexof('abcdefgabcdefg', 'cde', 1, 10, 2)", "stopped"), ("indexof('abcdefgabcdefg', 'cde', 1, 12, 2)", "9"), ("toguid('0123456789ab-cdef-0123-456789abcdef')", "\"01234567-89ab-cdef-0123-456789abcdef\""), ("todatetime('02/17/2016 08:40:01')", "\"2016-02-17T08:40:01.0000000Z\""), ("todatetime('02/03/2016')", "stopped"),
        ("extract('(?P<a>x)(y)', 2, 'xy')", "\"y\""), ("extract_all('(?P<a>x)(y)', dynamic(['a']), 'xy')", "[\"x\"]"), ("extract_all('(?P<a>x)(y)', dynamic(['b']), 'xy')", "stopped"),
        ("parse_ipv6_mask('::192.168.255.255/24', 128)", "\"0000:0000:0000:0000:0000:ffff:c0a8:ff00\""),

        // Arrays and bags.
        ("array_index_of(dynamic(['this','is','an','example','an','example']), 'example', 1, 3)", "3"), ("array_index_of(dynamic(['this','is','an','example','an','example']), 'example', 1, 2)", "-1"), ("array_index_of(dynamic(['a','b','a']), 'a', -2)", "2"), ("array_index_of(dynamic(['a','b','a']), 'a', 0, -1, 2)", "2"),
        ("array_split(dynamic([1,2,3,4,5]), 2)", "[[1,2],[3,4,5]]"), ("array_split(dynamic([1,2,3,4,5]), dynamic([1,3]))", "[[1],[2,3],[4,5]]"), ("array_split(dynamic([1]), -1)", "stopped"), ("array_sort_asc(dynamic([1,3,4,5,2]), dynamic(['a','b','c','d','e']))[1]", "[\"a\",\"e\",\"b\",\"c\",\"d\"]"),
        ("array_sort_desc(dynamic([1,3,2]), dynamic(['a','b']))[1]", "null"), ("array_sort_desc(dynamic([1,null,2]), dynamic(['a','b','c']), false)[1]", "[\"b\",\"c\",\"a\"]"), ("array_length(range(1, 1000000000))", "1048576"),
        ("bag_has_key(dynamic({'k': {'p': 1}}), '$.k.p')", "true"), ("bag_has_key(dynamic({'k': {'p': 1}}), '$.k.q')", "false"), ("bag_set_key(dynamic({'key1': 123}), '$.key2.prop1', 'abc')", "{\"key1\":123,\"key2\":{\"prop1\":\"abc\"}}"), ("bag_set_key(dynamic({'a': {'b': 1}}), '$.a.b', 2)", "{\"a\":{\"b\":2}}"), ("bag_set_key(dynamic({'a': 1}), '$.a.b', 2)", "stopped"),
        ("bag_set_key(dynamic(null), 'a', 2)", "null"), ("bag_remove_keys(dynamic({'a': {'b': 1, 'c': 2}, 'd': 3}), dynamic(['$.a.b', 'd']))", "{\"a\":{\"c\":2}}"), ("bag_zip(dynamic(['a', 8, 'b']), dynamic([1, '2', 2.5]))", "{\"a\":1,\"b\":2.5}"), ("bag_zip(dynamic(['a', 'b']), todynamic('1'))", "{\"a\":null,\"b\":null}"),
        ("dynamic_to_json(dynamic({'b': {'y': 1, 'x': 2}, 'a': [{'d': 1, 'c': 2}]}))", "\"{\\\"a\\\":[{\\\"c\\\":2,\\\"d\\\":1}],\\\"b\\\":{\\\"x\\\":2,\\\"y\\\":1}}\""),

        // Series.
        ("series_abs(dynamic([-6.5, 0, 'x', 8.2]))", "[6.5,0.0,null,8.2]"), ("series_ceiling(dynamic([-1.5, 1.5]))", "[-1.0,2.0]"), ("series_floor(dynamic([-1.5, 1.5]))", "[-2.0,1.0]"), ("series_sign(dynamic([-6, 0, 8]))", "[-1.0,0.0,1.0]"), ("series_pow(dynamic([1, 2, 4]), dynamic([1, 2, 0.5]))", "[1.0,4.0,2.0]"),
        ("series_exp(dynamic([0]))", "[1.0]"), ("series_log(dynamic([1]))", "[0.0]"), ("series_cos(dynamic([0]))", "[1.0]"), ("series_product(dynamic([1, 2, 3, 4]))", "24.0"), ("series_magnitude(dynamic([3, 4]))", "5.0"), ("series_dot_product(dynamic([1, 2, 4]), dynamic([4, 2, 1, 9]))", "12.0"), ("series_dot_product(dynamic([2, 4, 8]), 2)", "28.0"),
        ("series_pearson_correlation(dynamic([1, 2, 3]), dynamic([2, 4, 6]))", "1.0"), ("series_pearson_correlation(dynamic([1, 2]), dynamic([1]))", "null"),
        ("round(toreal(series_fit_line_dynamic(dynamic([2, 5, 6, 8, 11, 15, 17, 18, 25, 26, 30, 30])).rsquare), 3)", "0.983"), ("round(toreal(series_fit_line_dynamic(dynamic([2, 5, 6, 8, 11, 15, 17, 18, 25, 26, 30, 30])).interception), 3)", "-1.667"),
        ("round(toreal(series_fit_line_dynamic(dynamic([2, 5, 6, 8, 11, 15, 17, 18, 25, 26, 30, 30])).variance), 3)", "98.629"), ("round(toreal(series_fit_line_dynamic(dynamic([2, 5, 6, 8, 11, 15, 17, 18, 25, 26, 30, 30])).rvariance), 3)", "1.686"), ("round(toreal(series_fit_line_dynamic(dynamic([2, 5, 6, 8, 11, 15, 17, 18, 25, 26, 30, 30])).line_fit[0]), 3)", "1.064"),
        ("series_fit_line_dynamic(dynamic([1, null]))", "stopped"), ("series_fit_2lines_dynamic(dynamic([1, 2]))", "refused CSK1002 series_fit_2lines_dynamic"), ("series_outliers(dynamic([1, 2]))", "refused CSK1002 series_outliers"), ("series_stats_dynamic(dynamic([1, 2, 3])).sum", "6.0"), ("series_stats_dynamic(dynamic([1, 2, 3])).len", "3"),
        ("series_stats_dynamic(dynamic([1]), true)", "refused CSK1003 series_stats_dynamic(dynamic([1]), true)"));

    private static IEnumerable<TestCaseData> Cases => Table.Cases;

    [TestCaseSource(nameof(Cases))]
    public Task Gives(int index) => Table.VerifyAsync(index);
}
