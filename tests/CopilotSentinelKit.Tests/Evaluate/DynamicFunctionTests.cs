namespace CopilotSentinelKit.Tests.Evaluate;

/// <summary>Arrays, bags, sets and series.</summary>
internal sealed class DynamicFunctionTests
{
    private static readonly CaseTable Table = CaseTable.OfExpressions(
        ("dynamic([1,2,3])[0]", "1"), ("dynamic([1,2,3])[-1]", "3"), ("dynamic([1,2,3])[5]", "null"), ("dynamic({\"a\":{\"b\":1}}).a.b", "1"), ("dynamic({\"a b\":1})['a b']", "1"), ("dynamic({\"a\":1}).x", "null"), ("dynamic({\"a\":1}).A", "null"),
        ("dynamic({\"a\":1}).a.b", "null"), ("dynamic({\"a\":1}).a + 1", "2"), ("dynamic({\"a\":1.5}).a == 1.5", "true"), ("dynamic({\"a\":1}).a == 1.0", "true"), ("dynamic({\"a\":'x'}).a == 'x'", "true"), ("dynamic({\"a\":'x'}).a =~ 'X'", "true"),
        ("dynamic({\"a\":true}).a == true", "true"), ("dynamic({\"a\":1.5}).a > 1", "true"), ("dynamic({}).a > 1", "null"), ("dynamic({}).a == 'x'", "false"),
        ("array_length(dynamic([1,2]))", "2"), ("array_length(dynamic(null))", "null"), ("array_concat(dynamic([1]), dynamic([2,3]))", "[1,2,3]"), ("pack_array(1, 'a', dynamic(null))", "[1,\"a\",null]"),
        ("array_slice(dynamic([1,2,3]), 1, 2)", "[2,3]"), ("array_slice(dynamic([1,2,3,4,5]), 2, -1)", "[3,4,5]"), ("array_slice(dynamic([1,2,3,4,5]), -3, -2)", "[3,4]"), ("array_reverse(dynamic([1,2]))", "[2,1]"), ("array_sum(dynamic([1,2,3,4]))", "10.0"),
        ("array_index_of(dynamic(['a','b']), 'b')", "1"), ("array_index_of(dynamic(['a']), 'x')", "-1"), ("array_sort_asc(dynamic([3,1,null,2]))", "[1,2,3,null]"), ("array_sort_desc(dynamic(['a','c','b']))", "[\"c\",\"b\",\"a\"]"), ("array_sort_asc(dynamic([3,null,1]), false)", "[null,1,3]"),
        ("array_iff(dynamic([true,false,true]), dynamic([1,2,3]), dynamic([4,5,6]))", "[1,5,3]"), ("array_iff(dynamic([1,0]), 'a', 'b')", "[\"a\",\"b\"]"), ("array_rotate_left(dynamic([1,2,3,4,5]), 2)", "[3,4,5,1,2]"), ("array_rotate_right(dynamic([1,2,3,4,5]), 2)", "[4,5,1,2,3]"),
        ("array_shift_left(dynamic([1,2,3,4,5]), 2)", "[3,4,5,null,null]"), ("array_shift_right(dynamic([1,2,3,4,5]), 2, -1)", "[-1,-1,1,2,3]"), ("zip(dynamic([1,3,5]), dynamic([2,4,6]))", "[[1,2],[3,4],[5,6]]"), ("repeat(1, 3)", "[1,1,1]"),
        ("range(1, 8, 3)", "[1,4,7]"), ("range(1, 3)", "[1,2,3]"), ("range(datetime(2020-01-01), datetime(2020-01-02), 12h)", "[\"2020-01-01T00:00:00.0000000Z\",\"2020-01-01T12:00:00.0000000Z\",\"2020-01-02T00:00:00.0000000Z\"]"), ("range(5, 1, -2)", "[5,3,1]"),
        ("bag_pack('a', 1, 'b', 'x')", "{\"a\":1,\"b\":\"x\"}"), ("pack('a', long(null))", "{\"a\":null}"), ("bag_keys(dynamic({\"a\":1,\"b\":2}))", "[\"a\",\"b\"]"),
        ("bag_merge(dynamic({'A1':12,'B1':2,'C1':3}), dynamic({'A2':81,'B2':82,'A1':1}))", "{\"A1\":12,\"B1\":2,\"C1\":3,\"A2\":81,\"B2\":82}"), ("bag_remove_keys(dynamic({'key1':123,'key2':'abc'}), dynamic(['key2','key4']))", "{\"key1\":123}"),
        ("bag_has_key(dynamic({'key1':123}), 'key1')", "true"), ("bag_has_key(dynamic({'key1':123}), 'key2')", "false"), ("bag_set_key(dynamic({'key1':1}), 'key1', 10)", "{\"key1\":10}"), ("bag_set_key(dynamic({'key1':1}), 'key3', 'x')", "{\"key1\":1,\"key3\":\"x\"}"),
        ("bag_zip(dynamic(['a','b']), dynamic([1,2]))", "{\"a\":1,\"b\":2}"), ("dynamic_to_json(dynamic({'a':'x'}))", "\"{\\\"a\\\":\\\"x\\\"}\""),
        ("set_union(dynamic([1,2]), dynamic([2,3]))", "[1,2,3]"), ("set_intersect(dynamic([1,2,3]), dynamic([2,3,4]))", "[2,3]"), ("set_difference(dynamic([1,2,3]), dynamic([2]))", "[1,3]"), ("set_has_element(dynamic(['a','b']), 'b')", "true"), ("jaccard_index(dynamic([1,2,3]), dynamic([2,3,4]))", "0.5"),
        ("series_add(dynamic([1,2]), dynamic([3,4]))", "[4.0,6.0]"), ("series_subtract(dynamic([1,2]), dynamic([3,4]))", "[-2.0,-2.0]"), ("series_divide(dynamic([1,2]), dynamic([2,0]))", "[0.5,\"Infinity\"]"), ("series_greater(dynamic([1,4]), dynamic([2,3]))", "[false,true]"),
        ("series_fill_const(dynamic([1,null,3]), 0)", "[1,0,3]"), ("series_fill_forward(dynamic([1,null,3]))", "[1,1,3]"), ("series_fill_backward(dynamic([1,null,3]))", "[1,3,3]"), ("series_sum(dynamic([1,2,3]))", "6.0"),
        ("series_stats_dynamic(dynamic([1,2,3]))", "{\"min\":1.0,\"min_idx\":0,\"max\":3.0,\"max_idx\":2,\"avg\":2.0,\"stdev\":1.0,\"variance\":1.0,\"sum\":6.0,\"len\":3}"), ("series_decompose_anomalies(dynamic([1]))", "refused CSK1002 series_decompose_anomalies"));

    private static IEnumerable<TestCaseData> Cases => Table.Cases;

    [TestCaseSource(nameof(Cases))]
    public Task Gives(int index) => Table.VerifyAsync(index);
}
