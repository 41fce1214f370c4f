namespace CopilotSentinelKit.Tests.Evaluate;

/// <summary>Forms of operators, aggregates and window functions that are used less often.</summary>
internal sealed class OperatorFormTests
{
    private const string T = "datatable(k:string, n:long)['a',5,'b',3,'b',1,'c',2] ";
    private const string S = "datatable(t:long, n:long, k:string)[1,1,'a',7,2,'a',3,5,'b'] ";
    private const string W = "datatable(n:long, b:long)[8,10,6,20,3,30,1,40] | summarize ";

    private static readonly CaseTable Table = CaseTable.OfQueries(
        (T + "| top-nested 1 of k with others = 'rest' by sum(n), top-nested 1 of n with others = -1 by max(n)", "k,aggregated_k,n,aggregated_n: \"a\",5,5,5; \"rest\",6,-1,3"),
        (T + "| top-nested 1 of k by sum(n), top-nested 1 of n with others = -1 by max(n)", "k,aggregated_k,n,aggregated_n: \"a\",5,5,5; \"\",null,-1,3"),
        (T + "| top-nested 1 of k with others = 'rest' by sum(n), top-nested 1 of n by max(n)", "k,aggregated_k,n,aggregated_n: \"a\",5,5,5; \"rest\",6,null,null"),
        (T + "| top-nested 2 of k with others = 'rest' by total = sum(n)", "k,total: \"a\",5; \"b\",4; \"rest\",2"), (T + "| top-nested of k with others = 'rest' by sum(n) asc", "k,aggregated_k: \"c\",2; \"b\",4; \"a\",5"), (T + "| top-nested 1 of k by sum(n) asc, top-nested 1 of n by max(n)", "k,aggregated_k,n,aggregated_n: \"c\",2,2,2"),

        (S + "| make-series c = count(), sum(n) on t step 2 by k", "k,c,sum_n,t: \"a\",[1,0,0,1],[1,0,0,2],[0,2,4,6]; \"b\",[1],[5],[2]"), (S + "| make-series c = count() on t from 1 step 2 by k", "k,c,t: \"a\",[1,0,0,1],[1,3,5,7]; \"b\",[0,1],[1,3]"),
        (S + "| make-series c = count() on t to 6 step 2 by k", "k,c,t: \"a\",[1,0,0],[0,2,4]; \"b\",[1,0],[2,4]"), (S + "| where n > 10 | make-series kind=nonempty c = count() on t from 0 to 4 step 2", "c,t: [0,0],[0,2]"), (S + "| where n > 10 | make-series c = count() on t from 0 to 4 step 2", "c,t: "),
        (S + "| make-series c = count() on t in range(0, 4, 2)", "refused CSK1003 make-series c = count() on t in range(0, 4, 2)"), (S + "| make-series c = count() on t from 0 to 4 step 0", "stopped"),
        ("datatable(t:datetime)[datetime(2020-01-01 00:30), datetime(2020-01-01 02:10)] | make-series c = count() on t step 1h", "c,t: [1,0,1],[\"2020-01-01T00:00:00.0000000Z\",\"2020-01-01T01:00:00.0000000Z\",\"2020-01-01T02:00:00.0000000Z\"]"),

        ("range x from 1 to 65 step 1 | partition by x (count)", "stopped"), ("range x from 1 to 64 step 1 | partition by x (count) | count", "Count: 64"), ("range x from 1 to 65 step 1 | partition hint.strategy=native by x (count) | count", "Count: 65"),

        ("print s = 'src=10.1 bytes=125 failure=(connection aborted) (event time)=\"2021 x\"' | parse-kv s as (['event time']:string, bytes:long, failure:string) with (pair_delimiter=' ', kv_delimiter='=', quote='()', quote='\"') | project-away s", "event time,bytes,failure: \"2021 x\",125,\"connection aborted\""),
        ("print s = 'a=10 b=\"sent \\\\\"bye!\\\\\"\" c=x' | parse-kv s as (c:string, b:string) with (pair_delimiter=' ', kv_delimiter='=', quote='\"', escape='\\\\') | project-away s", "c,b: \"x\",\"sent \\\"bye!\\\"\""),
        ("print s = 'name=John Doe phone=555 5555 city=New York' | parse-kv s as (name:string, phone:string, city:string) with (pair_delimiter=' ', kv_delimiter='=') | project-away s", "name,phone,city: \"John\",\"555\",\"New\""),
        ("print s = 'a=1' | parse-kv s as (a:long) with (pair_delimiter=' ', kv_delimiter='=', greedy=true)", "refused CSK1003 greedy=true"),

        ("print s = 'name=Pipe, total=27, x' | parse kind=regex s with * 'name=' name ',' * | project name", "name: \"Pipe, total=27\""), ("print s = 'n=1,n=2' | parse kind=regex s with * 'n=' n:long * | project n", "stopped"), ("print s = 'name=Pipe, total=27, x' | parse kind=regex flags=Ui s with * 'NAME=' name ',' * | project name", "name: \"Pipe\""),
        ("print s = 'name=Pipe, total=27' | parse kind=regex s with * 'name=' name ',' * | project name", "name: \"Pipe\""), ("print s = 'a1' | parse kind=regex flags=U s with 'a+' n:long | project n", "n: 1"),

        (W + "percentilesw(b, n, 50, 75, 99.9)", "percentile_b_50,percentile_b_75,percentile_b_99_9: 20,20,40"), (W + "percentilew(b, n, 40)", "percentile_b_40: 10"), (W + "percentilesw_array(b, n, dynamic([50, 99.9]))", "percentiles_b: [20,40]"), ("let p = 50; " + W + "percentile(b, p)", "percentile_b_50: 20"), ("let f = (t:(b:long), p:real) { t | summarize percentile(b, p) }; f(datatable(b:long)[10, 20, 30], 50.0)", "percentile_b_: 20"),
        ("datatable(x:real, y:real)[1,14,2,10,3,17,4,20,5,50] | summarize covariance(x, y), covariancep(x, y), c = covarianceif(x, y, x < 3)", "covariance_x,covariancep_x,c: 20.5,16.4,-2.0"), ("datatable(x:real)[1] | summarize covariance(x, x)", "stopped"), (T + "| summarize variancepif(n, n > 1)", "variancepif_n: 1.5555555555555556"),

        ("datatable(a:string, d:long)['BA',2,'LH',3,'UA',3,'EL',3,'LY',100] | serialize | extend r = row_rank_min(d) | project r", "r: 1; 2; 2; 2; 5"), ("datatable(c:string, v:long)['A',5,'A',10,'A',10,'A',20,'B',5,'B',7] | serialize | extend r = row_rank_min(v, c != prev(c)) | project r", "r: 1; 2; 2; 4; 1; 2"),
        ("datatable(v:long)[1,2,1] | serialize | extend r = row_rank_min(v)", "stopped"),
        ("datatable(id:string, t:datetime)['1',datetime(2024-04-11 10:00),'1',datetime(2024-04-11 11:00),'2',datetime(2024-04-11 10:16),'2',datetime(2024-04-11 10:18),'2',datetime(2024-04-11 13:30)] | serialize | extend s = format_datetime(row_window_session(t, 1h, 5m, id != prev(id)), 'HH:mm') | project s", "s: \"10:00\"; \"11:00\"; \"10:16\"; \"10:16\"; \"13:30\""),
        ("range m from 0 to 60 step 4 | extend t = datetime(2024-01-01) + m * 1m | serialize | extend s = row_window_session(t, 1h, 5m) | summarize dcount(s)", "dcount_s: 2"),

        ("print x = dynamic([3,1]), y = dynamic(['p','q']) | extend (p, q) = array_sort_asc(x, y) | project p, q", "p,q: [1,3],[\"q\",\"p\"]"), ("print x = dynamic([3,1]), y = dynamic(['p','q']) | project array_sort_desc(x, y)", "x_sorted,y_sorted: [3,1],[\"p\",\"q\"]"),
        ("print s = dynamic([1, 2, 3]) | extend series_fit_line(s) | project series_fit_line_s_slope, series_fit_line_s_rsquare, series_fit_line_s_line_fit", "series_fit_line_s_slope,series_fit_line_s_rsquare,series_fit_line_s_line_fit: 1.0,1.0,[1.0,2.0,3.0]"),

        (T + "| join kind=anti (print k = 'b') on k | distinct k", "k: \"a\"; \"c\""), (T + "| join kind=leftantisemi (print k = 'b') on k | distinct k", "k: \"a\"; \"c\""), (T + "| join kind=rightantisemi (print k = 'z') on k", "k: \"z\""), (T + "| where n > toscalar(" + T + "| summarize avg(n)) | count", "Count: 2"),
        ("range x from 1.5 to 3 step 0.5", "x: 1.5; 2.0; 2.5; 3.0"), ("range x from 1h to 3h step 1h", "x: \"01:00:00\"; \"02:00:00\"; \"03:00:00\""), ("let f = (x:long = 2, s:string = 'a') { strcat(s, x) }; print f(), f(s = 'b')", "print_0,print_1: \"a2\",\"b2\""));

    private static IEnumerable<TestCaseData> Cases => Table.Cases;

    [TestCaseSource(nameof(Cases))]
    public Task Gives(int index) => Table.VerifyAsync(index);
}
