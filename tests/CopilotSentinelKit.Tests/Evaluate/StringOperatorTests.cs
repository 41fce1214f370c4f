namespace CopilotSentinelKit.Tests.Evaluate;

/// <summary>Operators between texts: case, terms, membership, regular expressions.</summary>
internal sealed class StringOperatorTests
{
    private static readonly CaseTable Table = CaseTable.OfExpressions(
        ("'FabriKam' contains 'BRik'", "true"), ("'Fabrikam' !contains 'xyz'", "true"), ("'FabriKam' contains_cs 'Kam'", "true"), ("'Fabrikam' !contains_cs 'Kam'", "true"),
        ("'Fabrikam' endswith 'Kam'", "true"), ("'Fabrikam' !endswith 'brik'", "true"), ("'Fabrikam' endswith_cs 'kam'", "true"), ("'Fabrikam' endswith_cs 'Kam'", "false"),
        ("'Fabrikam' startswith 'fab'", "true"), ("'Fabrikam' !startswith 'kam'", "true"), ("'Fabrikam' startswith_cs 'fab'", "false"), ("'Fabrikam' !startswith_cs 'fab'", "true"),
        ("'North America' has 'america'", "true"), ("'North America' !has 'amer'", "true"), ("'North America' has_cs 'America'", "true"), ("'North America' !has_cs 'america'", "true"),
        ("'North America' hasprefix 'ame'", "true"), ("'North America' !hasprefix 'mer'", "true"), ("'North America' hasprefix_cs 'Ame'", "true"), ("'North America' hasprefix_cs 'ame'", "false"),
        ("'North America' hassuffix 'ica'", "true"), ("'North America' !hassuffix 'americ'", "true"), ("'North America' hassuffix_cs 'ica'", "true"), ("'North America' hassuffix_cs 'icA'", "false"),
        ("'KustoExplorerQueryRun' has 'Explorer'", "false"), ("'KustoExplorerQueryRun' contains 'Explorer'", "true"),
        ("'ad67d136-c1db-4f9f-88ef-d94f3b6b0b5a' has 'c1db'", "true"), ("'a_b' has 'a'", "true"), ("'cmd.exe /c' has 'cmd.exe'", "true"), ("'xcmd.exe' has 'cmd.exe'", "false"),
        ("'a b' has 'a'", "true"), ("'ab' has 'a'", "false"), ("'aa a' has 'a'", "true"),
        ("'North and South America' has_all ('south', 'north')", "true"), ("'North America' has_all ('south', 'north')", "false"), ("'North America' has_any ('south', 'north')", "true"),
        ("'North America' has_any (dynamic(['x', 'AMERICA']))", "true"), ("'North America' has_any (dynamic([]))", "false"),
        ("'abc' in ('123', 'abc')", "true"), ("'bca' !in ('123', 'abc')", "true"), ("'Abc' in ('abc')", "false"), ("'Abc' in~ ('123', 'abc')", "true"), ("'bCa' !in~ ('abc', 'BCA')", "false"),
        ("1 in (1, 2)", "true"), ("3 in (dynamic([1, 2]))", "false"), ("2 in (dynamic([1, 2]))", "true"), ("'b' in (dynamic(['a', 'b']))", "true"), ("'B' in~ (dynamic(['a', 'b']))", "true"),
        ("'1' in (dynamic([1]))", "true"), ("dynamic('a') in ('a', 'b')", "true"), ("'a' in ((datatable(n:string)['a', 'b']))", "true"), ("'c' !in ((datatable(n:string)['a', 'b']))", "true"),
        ("'Fabrikam' matches regex 'b.*k'", "true"), ("'Fabrikam' matches regex '^b'", "false"), ("'FABRIKAM' matches regex '(?i)b.*k'", "true"), ("'a1' matches regex @'^\\w\\d$'", "true"),
        ("'\u00e4' matches regex @'^\\w$'", "true"), ("'a\\n' matches regex 'a$'", "false"), ("'x-y' matches regex @'[\\w-]+'", "true"), ("'foo bar' matches regex @'\\bbar\\b'", "true"),
        ("'a' matches regex '(?=a)'", "refused CSK1005 '(?=a)'"), ("'aa' matches regex @'(a)\\1'", "refused CSK1005 @'(a)\\1'"), ("'a' matches regex '[[:alpha:]]'", "true"),
        ("'a' matches regex 'a++'", "true"), ("'' contains ''", "true"), ("'a' contains ''", "true"), ("dynamic('North') has 'north'", "true"), ("dynamic({'a': 'North'}) has 'north'", "true"));

    private static IEnumerable<TestCaseData> Cases => Table.Cases;

    [TestCaseSource(nameof(Cases))]
    public Task Gives(int index) => Table.VerifyAsync(index);
}
