namespace CopilotSentinelKit.Tests.Evaluate;

/// <summary>summarize and the aggregates.</summary>
internal sealed class AggregateTests
{
    private const string T = "datatable(k:string, n:long, r:real, d:dynamic)['a',1,1.5,dynamic({'p':1}),'b',2,2.5,dynamic({'q':2}),'a',3,real(null),dynamic([1,2]),'a',1,0.5,dynamic(null)] | summarize ";
    private const string E = "datatable(n:long, s:string)[] | summarize ";

    private static readonly CaseTable Table = CaseTable.OfQueries(
        (T + "count()", "count_: 4"), (T + "count() by k", "k,count_: \"a\",3; \"b\",1"), (T + "c = count(), s = sum(n) by k", "k,c,s: \"a\",3,5; \"b\",1,2"), (T + "by k", "k: \"a\"; \"b\""), (T + "sum(n) by k, n > 1", "k,Column1,sum_n: \"a\",false,2; \"b\",true,2; \"a\",true,3"),
        (T + "sum(r), avg(r), min(r), max(r)", "sum_r,avg_r,min_r,max_r: 4.5,1.5,0.5,2.5"), (T + "countif(n > 1), sumif(n, n > 1), avgif(n, n > 1), minif(n, n > 1), maxif(n, k == 'a')", "countif_,sumif_n,avgif_n,minif_n,maxif_n: 2,5,2.5,2,3"),
        (T + "dcount(n), dcountif(n, n > 1), count_distinct(k), count_distinctif(k, n > 1)", "dcount_n,dcountif_n,count_distinct_k,count_distinctif_k: 3,2,2,2"), (T + "min(k), max(k)", "min_k,max_k: \"a\",\"b\""),
        (T + "arg_max(n, k)", "n,k: 3,\"a\""), (T + "arg_min(n, *) by k", "k,n,r,d: \"a\",1,1.5,{\"p\":1}; \"b\",2,2.5,{\"q\":2}"), (T + "arg_max(r, *)", "r,k,n,d: 2.5,\"b\",2,{\"q\":2}"), (T + "m = arg_max(n, r, k)", "m,r,k: 3,null,\"a\""), (T + "(a, b) = arg_max(n, k)", "a,b: 3,\"a\""),
        (T + "arg_max(n, v = k)", "n,v: 3,\"a\""), (T + "take_any(k)", "k: \"a\""), (T + "take_any(n, k)", "n,k: 1,\"a\""), (T + "take_anyif(k, n == 2)", "k: \"b\""), (T + "any(k)", "any_k: \"a\""),
        (T + "make_list(n), make_set(n), make_list(r)", "list_n,set_n,list_r: [1,2,3,1],[1,2,3],[1.5,2.5,0.5]"), (T + "make_set(k, 1), make_list(n, 2)", "set_k,list_n: [\"a\"],[1,2]"), (T + "make_list_with_nulls(r)", "list_r: [1.5,2.5,null,0.5]"), (T + "make_set_if(n, k == 'a'), make_list_if(n, k == 'a', 2)", "set_n,list_n: [1,3],[1,3]"),
        (T + "make_bag(d)", "bag_d: {\"p\":1,\"q\":2}"), (T + "make_bag_if(d, n == 2)", "bag_d: {\"q\":2}"), (T + "make_set(d)", "set_d: [{\"p\":1},{\"q\":2},1,2,null]"),
        (T + "stdev(n)", "stdev_n: 0.9574271077563381"), (T + "variance(n), variancep(n)", "variance_n,variancep_n: 0.9166666666666666,0.6875"), (T + "stdevif(n, n == 2)", "stdevif_n: 0.0"), (T + "varianceif(n, k == 'b')", "varianceif_n: 0.0"),
        (T + "percentile(n, 50)", "percentile_n_50: 1"), (T + "percentiles(n, 50, 100)", "percentile_n_50,percentile_n_100: 1,3"), (T + "percentiles_array(n, 50, 100)", "percentiles_n: [1,3]"), (T + "binary_all_and(n), binary_all_or(n), binary_all_xor(n)", "n,n1,n2: 0,3,1"),
        (T + "round(avg(n), 1), count() * 2", "avg_n,Column1: 1.8,8"), (T + "x = sum(n) / count() by k", "k,x: \"a\",1; \"b\",2"), (T + "strcat_array(make_set(k), ',')", "Column1: \"a,b\""), (T + "sum(n) by bin(n, 2)", "n,sum_n: 0,2; 2,5"), (T + "n = count() by k", "k,n: \"a\",3; \"b\",1"),
        (T + "count() by tostring(d.p)", "d_p,count_: \"1\",1; \"\",3"),

        // Nothing to summarize.
        (E + "count(), dcount(n), sum(n), stdev(n), countif(n > 1)", "count_,dcount_n,sum_n,stdev_n,countif_: 0,0,0,0.0,0"), (E + "make_list(n), make_set(s)", "list_n,set_s: [],[]"), (E + "min(n), max(n), take_any(s)", "min_n,max_n,s: null,null,\"\""), (E + "avg(n)", "avg_n: \"NaN\""), (E + "arg_max(n, *)", "n,s: null,\"\""),
        (E + "count() by s", "s,count_: "), (E + "percentile(n, 50)", "percentile_n_50: null"),

        // Nulls and kinds.
        ("datatable(t:datetime)[datetime(2020-01-01), datetime(null), datetime(2020-01-03)] | summarize min(t), max(t), avg(t), count()", "min_t,max_t,avg_t,count_: \"2020-01-01T00:00:00.0000000Z\",\"2020-01-03T00:00:00.0000000Z\",\"2020-01-02T00:00:00.0000000Z\",3"),
        ("datatable(t:timespan)[1h, 2h] | summarize sum(t), avg(t), max(t)", "sum_t,avg_t,max_t: \"03:00:00\",\"01:30:00\",\"02:00:00\""), ("datatable(n:long)[1, long(null), 3] | summarize sum(n), avg(n), dcount(n), count(), make_list(n)", "sum_n,avg_n,dcount_n,count_,list_n: 4,2.0,2,3,[1,3]"),
        ("datatable(n:long)[1, long(null), 3] | summarize countif(n > 1), sumif(n, n > 1)", "countif_,sumif_n: 1,3"), ("datatable(n:long)[1, long(null)] | summarize count() by n", "n,count_: 1,1; null,1"), ("range x from 1 to 1500 step 1 | summarize dcount(x)", "stopped"), ("range x from 1 to 1500 step 1 | summarize count_distinct(x)", "count_distinct_x: 1500"), ("datatable(m:decimal)[decimal(0.1), decimal(0.2)] | summarize sum(m)", "sum_m: 0.3"),
        ("print 1 | summarize hll(print_0)", "refused CSK1002 hll"));

    private static IEnumerable<TestCaseData> Cases => Table.Cases;

    [TestCaseSource(nameof(Cases))]
    public Task Gives(int index) => Table.VerifyAsync(index);
}
