using CopilotSentinelKit.Content;
using CopilotSentinelKit.Generate;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Generate;

internal sealed class TightQueryTests
{
    [TestCase("T\n| where  A == 1 , B", "T\n|where A==1,B")]
    [TestCase("T\n    | extend X = f( 1, 2 ) - 3", "T\n|extend X=f(1,2)- 3")]
    [TestCase("T\n| project A,\n    B", "T\n|project A,B")]
    [TestCase("where A in~ (1) and (B or C)", "where A in~(1)and (B or C)")]
    [TestCase("X = \"a , b\" , 'c = d', @\"e\\\" | f", "X=\"a , b\",'c = d',@\"e\\\"|f")]
    [TestCase("Record_.Id, Event_.Event_, MyRecord_, \"Record_\"", "r_.Id,e_.e_,MyRecord_,\"Record_\"")]
    public void Only_what_readers_need_goes(string kql, string tight)
    {
        var file = new SourceFile("q.kql", kql);
        var query = TightQuery.Of(new Query(kql, [new(0, kql.Length, (start, length) => new(file, start, length))], file.All));
        Assert.That(query.Text, Is.EqualTo(tight));
        Assert.That(query.Map.Select(segment => query.Text.Substring(segment.Start, segment.Length)), Is.EqualTo(query.Map.Select(segment => segment.Locate(0, segment.Length).Text)));
    }
}
