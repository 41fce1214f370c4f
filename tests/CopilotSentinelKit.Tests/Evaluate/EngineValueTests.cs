namespace CopilotSentinelKit.Tests.Evaluate;

/// <summary>Values that the documents leave open or tell otherwise, as Kusto's engine gives them.</summary>
internal sealed class EngineValueTests
{
    private static readonly CaseTable Expressions = CaseTable.OfExpressions(
        // Truth values as text: dynamic ones are JSON.
        ("strcat(false, '/', dynamic(false))", "\"False/false\""), ("tostring(parse_json('true'))", "\"true\""), ("todecimal(true)", "1"),

        // Numbers out of range, and what is no number.
        ("toint(4294967297)", "1"), ("toint(2d)", "1423147008"), ("toint('4294967297')", "null"), ("tolong(1e300)", "-9223372036854775808"), ("toint(real(nan))", "null"),
        ("toreal(' inf ')", "\"Infinity\""), ("toreal('-Inf')", "\"-Infinity\""), ("toreal('INF')", "null"), ("toreal('Infinity')", "\"Infinity\""), ("tobool('0x2')", "true"), ("tostring(real(-inf))", "\"-inf\""),
        ("abs(-9223372036854775807 - 1)", "-9223372036854775808"), ("abs(int(-2147483648))", "2147483648"),
        ("sign(real(nan))", "0.0"), ("max_of(2.5, real(nan))", "\"NaN\""), ("min_of(real(nan), 2.5)", "\"NaN\""), ("log(-2)", "null"), ("log2(-2)", "null"), ("sqrt(-2)", "\"NaN\""), ("log10(0)", "\"-Infinity\""),

        // Types.
        ("gettype(toint('x'))", "\"int\""), ("gettype(dynamic(2.5))", "\"double\""), ("gettype(parse_json('null'))", "\"null\""), ("gettype(todatetime('x'))", "\"datetime\""),
        ("iff(true, 2, long(null))", "2"), ("coalesce(int(null), 3)", "3"), ("coalesce(int(null), 3.5)", "refused CSK1003 coalesce(int(null), 3.5)"), ("case(true, 1, 2.5)", "refused CSK1003 case(true, 1, 2.5)"),
        ("dynamic(1) == dynamic(1)", "refused CSK1003 dynamic(1) == dynamic(1)"), ("dynamic(2) * dynamic(3)", "refused CSK1003 dynamic(2) * dynamic(3)"), ("dynamic(2) * 3", "6"), ("dynamic(2.5) * 3", "stopped"), ("dynamic(2.5) * 3.0", "7.5"), ("2.5 * dynamic(2)", "5.0"),

        // Null and other types as members and in comparisons.
        ("long(null) in (1, 2)", "null"), ("long(null) !in (1, 2)", "null"), ("2 in (1, long(null), 2)", "true"), ("3 !in (1, long(null))", "true"),
        ("7 in ('7', 'x')", "true"), ("'7' !in (7)", "false"), ("'7' == 7", "true"), ("7 != 'x'", "true"), ("'07' == 7", "stopped"), ("'true' == true", "true"), ("true == 'no'", "false"), ("'1' == true", "stopped"),
        ("datetime(2026-01-01) in ('2026-01-01')", "refused CSK1003 datetime(2026-01-01) in ('2026-01-01')"),

        // Texts by code points.
        ("substring('\U0001F511key', 1, 2)", "\"ke\""), ("substring('key\U0001F511', -1)", "\"\U0001F511\""), ("substring('key', -4, 2)", "\"\""), ("substring('key', 1, -1)", "\"\""), ("indexof('\U0001F511key', 'k')", "1"), ("indexof('\U0001F511key', 'y', 2)", "3"),
        ("indexof('key', '')", "null"), ("indexof_regex('\U0001F511\U0001F511k', 'k')", "2"), ("translate('\U0001F511', 'k', 'a\U0001F511b')", "\"akb\""), ("array_sort_asc(dynamic(['\U0001F511', '\uFFFD']))", "[\"\uFFFD\",\"\U0001F511\"]"), ("strcmp('\U0001F511', '\uFFFD')", "1"), ("reverse('a\U0001F511')", "\"\U0001F511a\""),
        ("trim('ab', 'ababXabab')", "\"abXab\""), ("trim_start('[0-9]', '12x')", "\"2x\""), ("trim_end('[0-9]+', 'x12')", "\"x\""), ("trim('x', 'x')", "\"\""),

        // Both ends of time.
        ("datetime(0001-01-01) - 1tick", "null"), ("endofyear(datetime(9999-05-05))", "\"9999-12-31T23:59:59.9999999Z\""), ("endofweek(datetime(9999-12-31))", "\"9999-12-31T23:59:59.9999999Z\""), ("startofweek(datetime(0001-01-01))", "null"), ("startofmonth(datetime(2026-01-31), -99999)", "null"),
        ("dayofweek(datetime(9999-12-31 10:00))", "null"), ("dayofweek(datetime(9999-12-30))", "\"4.00:00:00\""), ("datetime_add('day', 9, datetime(9999-12-31))", "null"), ("datetime_add('year', 99999999999, datetime(2026-01-01))", "null"), ("datetime_diff('week', datetime(2026-01-04), datetime(2026-01-03))", "1"), ("datetime_diff('week', datetime(0001-01-08), datetime(0001-01-01))", "1"),
        ("todatetime('2026-02-03T04:05 GMT')", "\"2026-02-03T04:05:00.0000000Z\""), ("todatetime('Tuesday, 03-Feb-26 04:05')", "\"2026-02-03T04:05:00.0000000Z\""), ("todatetime('3 Feb 26 04:05:06 GMT')", "\"2026-02-03T04:05:06.0000000Z\""),
        ("format_timespan(-90m, 'h:mm')", "\"-1:30\""), ("format_datetime(datetime(2026-02-03), 'ddd MMM')", "\"033 022\""), ("make_timespan(24, 0)", "null"), ("make_timespan(1, 60)", "null"), ("make_timespan(30, 1, 2, 3)", "\"30.01:02:03\""), ("weekofyear(datetime(2026-01-01))", "1"),

        // Arrays.
        ("array_sum(dynamic([2, null, 3]))", "5.0"), ("array_sum(dynamic([2, 'x']))", "null"), ("array_sort_asc(dynamic(['b', 2, true, 'a', 1]))", "[1,2,\"a\",\"b\",true]"), ("array_sort_desc(dynamic(['b', 2, null, 'a', 1]))", "[2,1,\"b\",\"a\",null]"), ("repeat(1, 2000000)", "stopped"));

    private static readonly CaseTable Queries = CaseTable.OfQueries(
        ("datatable(g:string, r:real)['a',1.0,'a',real(nan),'b',2.0] | summarize max(r), min(r), arg_max(r, g) by g", "g,max_r,min_r,r,g1: \"a\",\"NaN\",\"NaN\",\"NaN\",\"a\"; \"b\",2.0,2.0,2.0,\"b\""),
        ("datatable(d:dynamic)[dynamic([1,[2]]),dynamic(null),dynamic(1)] | summarize make_list(d), make_set(d), make_list(d, 2)", "list_d,set_d,list_d1: [1,[2],null,1],[1,[2],null],[1,[2]]"),
        ("datatable(n:long)[9223372036854775807, 1] | summarize avg(n)", "avg_n: -4.611686018427388e+18"),
        ("datatable(n:decimal)[decimal(1.5), decimal(null), decimal(2.5)] | summarize avg(n)", "avg_n: 2.0"),
        ("print s = dynamic([1,2,4]) | extend fit = series_fit_line(s) | project fit", "fit: 0.9642857142857143"),
        ("print s = dynamic([1,2,4]) | extend low = series_stats(s) | count", "Count: 1"),
        ("datatable(i:int)[int(-2147483648)] | project a = -i, b = abs(i)", "a,b: 2147483648,2147483648"),
        ("print d = dynamic([-9223372036854775808])", "d: [-9223372036854775808]"),
        ("datatable(i:int)[5, 7] | summarize percentile(i, 50), arg_max(i, i + 1), arg_min(-i, i)", "percentile_i_50,i,max_i_arg1,min_,i1: 5,7,8,-7,7"),
        ("print x = replace_strings('This is it', dynamic(['This', 'is', 1]), dynamic([5, 'was', 'x'])), y = format_bytes(2048), z = format_bytes(1536, 1, 'KB')", "x,y,z: \"This was it\",\"2 KB\",\"1.5 KB\""),
        ("print t = 'a=x\\ny=2026-01-02\\nz' | parse kind=regex flags=s t with 'a=' a:string '(.*?)y=' y:datetime 'z' | project y", "y: \"2026-01-02T00:00:00.0000000Z\""),
        ("let A = print a = 1; union withsource=t A, (print a = 2)", "t,a: \"union_arg0\",1; \"union_arg1\",2"),
        ("Events_CL | where N > 2 | project N | union withsource=t (Events_CL | where N < 2 | project N)", "t,N: \"union_arg0\",3; \"union_arg1\",1"),
        ("datatable(k:string, d:dynamic)['x', dynamic({'d':1,'k':2})] | evaluate bag_unpack(d, 'p_')", "k,p_d,p_k: \"x\",1,2"),
        ("datatable(k:string, d:dynamic)['x', dynamic({'d':1,'z':2})] | evaluate bag_unpack(d)", "k,d,z: \"x\",1,2"),
        ("datatable(k:string, d:dynamic)['x', dynamic({'k':'y'}), 'w', dynamic({'z':1})] | evaluate bag_unpack(d, columnsConflict='replace_source')", "k,z: \"y\",null; \"\",1"),
        ("datatable(k:string, d:dynamic)['x', dynamic({'k':'y','z':1})] | evaluate bag_unpack(d, columnsConflict='keep_source')", "k,z: \"x\",1"),
        ("datatable(k:string, d:dynamic)['x', dynamic({'k':'y'})] | evaluate bag_unpack(d)", "stopped"),
        ("print t = ' a  =  1 ' | parse-kv t as (a:string) with (pair_delimiter=' ', kv_delimiter='=')", "t,a: \" a  =  1 \",\"1\""),
        ("print t = 'n=x;m=3' | parse kind=relaxed t with 'n=' n:int ';m=' m:int | project n, m", "n,m: null,3"),
        ("print t = 'aa1bb22cc' | parse kind=regex t with a:string @'\\d+' b:string | project a, b", "a,b: \"aa1bb2\",\"cc\""),

        // search, scan, stars.
        ("Events_CL | search 'a' | project ['$table'], N", "$table,N: \"Events_CL\",1; \"Events_CL\",3"),
        ("print s = 'one two', n = 42 | search 'tw*' and 42 == n | project ['$table'], s", "$table,s: \"search_arg0\",\"one two\""),
        ("datatable(s:string)['alpha one','alphabet'] | search s:'*bet' or '*a o*' | count", "Count: 2"),
        ("datatable(s:string)['alpha one','alphabet'] | search 'alpha' | project s", "s: \"alpha one\""),
        ("datatable(s:string)['Alpha','alpha'] | search kind=case_sensitive 'alpha' | project s", "s: \"alpha\""),
        ("datatable(s:string)['LabX PC','Lab'] | search 'lab*pc' | project s", "s: \"LabX PC\""),
        ("search in (Events_CL, Empty_CL) N == 2 | project ['$table'], Name", "$table,Name: \"Events_CL\",\"b\""),
        ("print a = 'x y', b = 1 | where * has 'y' | count", "Count: 1"),
        ("range n from 1 to 4 step 1 | scan declare (total:long = 0) with (step all: true => total = n + all.total;) | project total", "total: 1; 3; 6; 10"),
        ("range n from 1 to 3 step 1 | scan declare (twice:long = 5) with (step all: n != 2 => twice = twice + n;) | project n, twice", "n,twice: 1,6; 3,8"),
        ("datatable(n:long, e:string)[1,'on',2,'x',3,'off',4,'x',5,'on',6,'off'] | sort by n asc | scan with_match_id=m with (step s1: e == 'on'; step s2: e == 'x'; step s3: e == 'off';) | project n, m", "n,m: 1,0; 2,0; 3,0; 5,1; 6,0"),
        ("print n = 1 | scan with (step s: true;)", "refused CSK1003 scan with (step s: true;)"),

        // Parameters, forms that read XML, arrays and places.
        ("declare query_parameters(least:long = 2); Events_CL | where N > least | project N", "N: 3"),
        ("print x = parse_xml('<e a=\"1\"><b>x</b><b/><c>y</c></e>')", "x: {\"e\":{\"@a\":1,\"b\":[\"x\",null],\"c\":\"y\"}}"),
        ("print x = parse_xml('<e>'), y = parse_xml('<e/>')", "x,y: null,{\"e\":null}"),
        ("print x = base64_decode_toarray('S3U='), y = base64_encode_fromarray(dynamic([75,117])), z = base64_encode_fromguid(guid(00112233-4455-6677-8899-aabbccddeeff))", "x,y,z: [75,117],\"S3U=\",\"MyIRAFVEd2aImaq7zN3u/w==\""),
        ("print x = round(geo_distance_2points(0, 0, 0, 90)), y = geo_distance_2points(300, 1, 1, 1), z = geo_point_in_circle(0, 0, 0, 1, 120000)", "x,y,z: 10007559.0,null,true"),
        ("print x = series_iir(dynamic([1,2,3]), dynamic([1]), dynamic([1,-1])), y = series_fir(dynamic([2,4,6]), dynamic([1,1])), z = series_fill_linear(dynamic([null,2,null,5,null]))", "x,y,z: [1.0,3.0,6.0],[1.0,3.0,5.0],[2,2,3,5,5]"),
        ("datatable(r:real)[-0.0, 0.0, 1.5] | project r, n = -r", "r,n: 0.0,0.0; 0.0,0.0; 1.5,-1.5"),
        ("print t = tostring(-0.0)", "t: \"-0.0\""),
        ("print x = around(5, 4, 1), y = around(6, 4, 1)", "x,y: true,false"));

    private static IEnumerable<TestCaseData> ExpressionCases => Expressions.Cases;

    private static IEnumerable<TestCaseData> QueryCases => Queries.Cases;

    [TestCaseSource(nameof(ExpressionCases))]
    public Task Expression_gives(int index) => Expressions.VerifyAsync(index);

    [TestCaseSource(nameof(QueryCases))]
    public Task Query_gives(int index) => Queries.VerifyAsync(index);
}
