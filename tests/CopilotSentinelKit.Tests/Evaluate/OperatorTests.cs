namespace CopilotSentinelKit.Tests.Evaluate;

/// <summary>Tabular operators and statements.</summary>
internal sealed class OperatorTests
{
    private const string T = "datatable(k:string, n:long, r:real)['a',1,1.5,'b',2,2.5,'a',3,real(null)] ";
    private const string X = "let X = datatable(k:string, v:long)['a',1,'b',2,'b',3,'c',4]; let Y = datatable(k:string, w:long)['b',10,'c',20,'c',30,'d',40]; X ";

    private static readonly CaseTable Table = CaseTable.OfQueries(
        (T + "| where n > 1", "k,n,r: \"b\",2,2.5; \"a\",3,null"), (T + "| where r > 2", "k,n,r: \"b\",2,2.5"), (T + "| where isnull(r) | project n", "n: 3"), (T + "| where not(r > 2) | project n", "n: 1"),
        (T + "| extend m = n * 2 | project m", "m: 2; 4; 6"), (T + "| extend n = n * 2 | project k, n", "k,n: \"a\",2; \"b\",4; \"a\",6"), (T + "| extend n + 1, strlen(k) | take 1", "k,n,r,Column1,strlen_k: \"a\",1,1.5,2,1"),
        (T + "| project k, Double = n + n, tostring(n) | take 1", "k,Double,n: \"a\",2,\"1\""), (T + "| project-away r | take 1", "k,n: \"a\",1"), (T + "| project-away n*, r | take 1", "k: \"a\""),
        (T + "| project-keep k, r | take 1", "k,r: \"a\",1.5"), (T + "| project-rename Key = k | take 1", "Key,n,r: \"a\",1,1.5"), (T + "| project-reorder r, n | take 1", "r,n,k: 1.5,1,\"a\""), (T + "| project-reorder * desc | take 1", "r,n,k: 1.5,1,\"a\""),
        ("print a = 1, 'x', b = 2", "a,print_1,b: 1,\"x\",2"), ("print 1 + 1", "print_0: 2"), ("range x from 1 to 10 step 4", "x: 1; 5; 9"), ("range x from 3 to 1 step -1", "x: 3; 2; 1"),
        ("range t from datetime(2020-01-01) to datetime(2020-01-02) step 12h | count", "Count: 3"), ("range x from 1 to 0 step 1", "x: "),

        // Order.
        (T + "| sort by r | project r", "r: 2.5; 1.5; null"), (T + "| sort by r asc | project r", "r: null; 1.5; 2.5"), (T + "| sort by r asc nulls last | project r", "r: 1.5; 2.5; null"), (T + "| sort by r desc nulls first | project r", "r: null; 2.5; 1.5"),
        (T + "| order by k asc, n desc | project n", "n: 3; 1; 2"), (T + "| top 2 by n | project n", "n: 3; 2"), (T + "| top 1 by n asc | project n", "n: 1"), ("print x = dynamic([1.5, null, 'nan']) | mv-expand x to typeof(real) | sort by x asc | count", "Count: 3"),
        ("datatable(x:real)[1, real(null), real(nan), real(+inf), real(-inf)] | sort by x asc", "x: null; \"NaN\"; \"-Infinity\"; 1.0; \"Infinity\""), ("datatable(x:real)[1, real(null), real(nan), real(+inf)] | sort by x desc", "x: \"Infinity\"; 1.0; \"NaN\"; null"),
        ("datatable(s:string)['b','B','a'] | sort by s asc", "s: \"B\"; \"a\"; \"b\""), (T + "| limit 2 | count", "Count: 2"),

        // Sets of rows.
        (T + "| distinct k", "k: \"a\"; \"b\""), (T + "| distinct k, big = n > 1", "k,big: \"a\",false; \"b\",true; \"a\",true"), (T + "| project k | distinct *", "k: \"a\"; \"b\""), (T + "| count", "Count: 3"), (T + "| where false | count", "Count: 0"),
        (T + "| sample-distinct 1 of k", "k: \"a\""), (T + "| getschema | project ColumnName, ColumnType", "ColumnName,ColumnType: \"k\",\"string\"; \"n\",\"long\"; \"r\",\"real\""),

        // Joins.
        (X + "| join Y on k | sort by w asc", "k,v,k1,w: \"b\",2,\"b\",10; \"c\",4,\"c\",20; \"c\",4,\"c\",30"), (X + "| join kind=inner Y on k | sort by w asc, v asc", "k,v,k1,w: \"b\",2,\"b\",10; \"b\",3,\"b\",10; \"c\",4,\"c\",20; \"c\",4,\"c\",30"),
        (X + "| join kind=leftouter Y on k | sort by v asc, w asc", "k,v,k1,w: \"a\",1,\"\",null; \"b\",2,\"b\",10; \"b\",3,\"b\",10; \"c\",4,\"c\",20; \"c\",4,\"c\",30"), (X + "| join kind=rightouter Y on k | where isnull(v)", "k,v,k1,w: \"\",null,\"d\",40"),
        (X + "| join kind=fullouter Y on k | count", "Count: 6"), (X + "| join kind=leftsemi Y on k | sort by v asc", "k,v: \"b\",2; \"b\",3; \"c\",4"), (X + "| join kind=leftanti Y on k", "k,v: \"a\",1"), (X + "| join kind=rightsemi Y on k | sort by w asc", "k,w: \"b\",10; \"c\",20; \"c\",30"),
        (X + "| join kind=rightanti Y on k", "k,w: \"d\",40"), (X + "| join kind=inner (Y | project Key = k, w) on $left.k == $right.Key | count", "Count: 4"), (X + "| lookup Y on k | where v == 4 | sort by w asc", "k,v,w: \"c\",4,20; \"c\",4,30"),
        (X + "| lookup kind=inner Y on k | count", "Count: 4"), (X + "| lookup kind=leftouter Y on k | where v == 1", "k,v,w: \"a\",1,null"), (X + "| join kind=inner (X | extend v = v + 1) on k, v | project v", "v: 3"),
        ("datatable(k:long)[1, long(null)] | join kind=inner (datatable(k:long)[1, long(null)]) on k", "k,k1: 1,1; null,null"),

        // Unions.
        ("union (print a = 1), (print a = 2)", "a: 1; 2"), ("union (print a = 1), (print b = 'x')", "a,b: 1,\"\"; null,\"x\""), ("union kind=inner (print a = 1, b = 2), (print a = 3)", "a: 1; 3"), ("union kind=inner (print a = 1, b = 2), (print a = 3) | where a > 1", "a: 3"), ("union (print a = 1), (print a = 'x')", "a_long,a_string: 1,\"\"; null,\"x\""),
        (X + "| union Y | count", "Count: 8"), ("union withsource=Src Events_CL, Empty_CL | project Src, N", "Src,N: \"Events_CL\",1; \"Events_CL\",2; \"Events_CL\",3"), ("union isfuzzy=true Events_CL, Unread_CL | count", "Count: 3"), ("union Events_CL, Unread_CL | count", "refused CSK1006 Unread_CL"),

        // Expansion.
        ("print a = 1, b = dynamic([10, 20]) | mv-expand b", "a,b: 1,10; 1,20"), ("print b = dynamic({'p': 1, 'q': 2}) | mv-expand b", "b: {\"p\":1}; {\"q\":2}"), ("print b = dynamic({'p': 1}) | mv-expand kind=array b | extend k = b[0]", "b,k: [\"p\",1],\"p\""),
        ("print a = dynamic([1, 2]), b = dynamic(['x']) | mv-expand a, b", "a,b: 1,\"x\"; 2,null"), ("print b = dynamic(null) | mv-expand b | count", "Count: 1"), ("print b = dynamic([]) | mv-expand b | count", "Count: 0"), ("print b = dynamic(['x','y']) | mv-expand with_itemindex=i b", "b,i: \"x\",0; \"y\",1"),
        ("print b = dynamic([1, 2, 3]) | mv-expand b to typeof(long) limit 2 | summarize sum(b)", "sum_b: 3"), ("print b = dynamic(['1', 2]) | mv-expand b to typeof(long)", "b: null; 2"), ("print b = dynamic([1, 2]) | mv-expand c = b | project c", "c: 1; 2"), ("print b = 5 | mv-expand c = range(1, b) to typeof(long) | summarize count()", "count_: 5"),
        ("print a = 1, b = dynamic([3, 1, 2]) | mv-apply b to typeof(long) on (top 2 by b)", "a,b: 1,3; 1,2"), ("print a = 1, b = dynamic([3, 1, 2]) | mv-apply e = b to typeof(long) on (summarize s = sum(e)) | project a, s", "a,s: 1,6"), (T + "| mv-apply e = range(1, n) to typeof(long) on (summarize s = sum(e)) | project n, s", "n,s: 1,1; 2,3; 3,6"),
        (T + "| partition by k (top 1 by n | project k, n) | sort by k asc", "k,n: \"a\",3; \"b\",2"),

        // Parsing.
        ("print t = 'a=5;b=x y' | parse t with 'a=' a:long ';b=' b | project a, b", "a,b: 5,\"x y\""), ("print t = 'xx a=5 yy' | parse t with * 'a=' a:long * | project a", "a: 5"), ("print t = 'none' | parse t with 'a=' a:long ';' b | project a, b", "a,b: null,\"\""), ("print t = 'a=z;' | parse t with 'a=' a:long ';' * | project a", "a: null"),
        ("print t = 'a=z;b=1' | parse kind=relaxed t with 'a=' a:long ';b=' b:long | project a, b", "a,b: null,1"), ("print t = 'a1b' | parse kind=regex t with 'a' n:long '[a-c]' | project n", "n: 1"), ("datatable(t:string)['k=1','x'] | parse-where t with 'k=' k:long | project k", "k: 1"),
        ("print t = 'a=1, b=\"x, y\", c=3' | parse-kv t as (c:long, a:long, b:string) with (pair_delimiter=',', kv_delimiter='=', quote='\"') | project a, b, c", "a,b,c: 1,\"x, y\",3"), ("print t = 'a:1 b:2' | parse-kv t as (b:long, z:string) with (pair_delimiter=' ', kv_delimiter=':') | project b, z", "b,z: 2,\"\""),

        // Windows.
        (T + "| serialize | extend p = prev(n), q = next(n, 1, 99) | project p, q", "p,q: null,2; 1,3; 2,99"), (T + "| sort by n asc | extend i = row_number(), c = row_cumsum(n) | project i, c", "i,c: 1,1; 2,3; 3,6"), (T + "| sort by k asc, n asc | extend i = row_number(1, prev(k) != k) | project k, i", "k,i: \"a\",1; \"a\",2; \"b\",1"),
        (T + "| extend p = prev(n)", "refused CSK1003 prev(n)"), (T + "| sort by k asc | extend d = row_rank_dense(k) | project d", "d: 1; 1; 2"),

        // Series.
        ("datatable(t:datetime, k:string)[datetime(2020-01-01 00:10), 'a', datetime(2020-01-01 02:00), 'a'] | make-series c = count() on t from datetime(2020-01-01) to datetime(2020-01-01 03:00) step 1h by k | project k, c", "k,c: \"a\",[1,0,1]"),
        ("datatable(t:long, v:long)[0, 5, 2, 7] | make-series s = sum(v) default=-1 on t from 0 to 4 step 1", "s,t: [5,-1,7,-1],[0,1,2,3]"), (T + "| top-nested 1 of k by sum(n), top-nested 2 of n by max(r)", "k,aggregated_k,n,aggregated_n: \"a\",4,1,1.5; \"a\",4,3,null"),
        ("print s = dynamic([1,2,3]) | extend series_stats(s) | project series_stats_s_max, series_stats_s_max_idx", "series_stats_s_max,series_stats_s_max_idx: 3.0,2"),

        // Statements.
        ("let n = 2; let f = (x:long, y:long = 10) { x * y + n }; print a = f(3), b = f(3, 1)", "a,b: 32,5"), ("let f = (t:(k:string, n:long), m:long) { t | where n > m | project k }; " + T + "| invoke f(1)", "k: \"b\"; \"a\""), ("let f = (t:(*)) { t | extend z = n + 1 | project z }; f(" + T + ")", "z: 2; 3; 4"),
        ("let v = view() { print a = 1 }; v | union v", "a: 1; 1"), ("let c = toscalar(" + T + "| summarize max(n)); print c + 1", "print_0: 4"), ("let t = materialize(" + T + "); t | where n > toscalar(t | summarize avg(n)) | project n", "n: 3"), ("let s = " + T + "| project k; print 'a' in (s)", "print_0: true"),
        (T + "| as A | where n == toscalar(A | summarize max(n)) | project n", "n: 3"), ("let f = (d:dynamic) { iff(gettype(d) == 'string', parse_json(tostring(d)), d) }; print f(dynamic('[1]'))[0]", "print_0: 1"), ("let f = (x:long) { let y = x * 2; y + 1 }; " + T + "| project f(n)", "Column1: 3; 5; 7"),
        ("let f = (x:long = 2) { x + 1 }; print a = f", "a: 3"), ("let f = (x:string = 'a') { " + T + "| where k == x | count }; f", "Count: 2"),
        ("let f = (x:long) { toscalar(Events_CL | where N == x | summarize count()) }; " + T + "| project f(n)", "refused CSK1003 x"),
        ("Events_CL | where N == 1 | project Name, y = Data.y[0], t = ingestion_time()", "Name,y,t: \"a\",\"p\",\"2026-01-15T01:00:00.0000000Z\""), ("Events_CL | where ingestion_time() > datetime(2026-01-15 01:30) | summarize max(ingestion_time())", "max_$IngestionTime: \"2026-01-15T03:00:00.0000000Z\""),
        ("Events_CL | summarize count() by Name | extend t = ingestion_time()", "refused CSK1003 ingestion_time()"), ("_GetWatchlist('Names') | project SearchKey", "SearchKey: \"a\""), ("_GetWatchlist('Other')", "refused CSK1006 _GetWatchlist('Other')"), ("Unread_CL", "refused CSK1006 Unread_CL"),
        (T + "| reduce by k", "refused CSK1001 reduce by k"), ("externaldata(a:string)['https://example.com']", "refused CSK1006 externaldata(a:string)['https://example.com']"), (T + "| extend z = rand()", "refused CSK1002 rand"), (T + "| where nope == 1", "refused CSK1008 nope (The query has an error: \"nope\" is neither a column of the table here nor a name that the query declares.)"));

    private static IEnumerable<TestCaseData> Cases => Table.Cases;

    [TestCaseSource(nameof(Cases))]
    public Task Gives(int index) => Table.VerifyAsync(index);
}
