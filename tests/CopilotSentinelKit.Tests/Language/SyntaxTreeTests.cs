using System.Text;
using System.Text.Json;
using CopilotSentinelKit.Cli.Cache;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Tests.Language;

public sealed class SyntaxTreeTests
{
    private static readonly KqlSchema Schema = new(
        KitData.LoadTables(), [new("T_CL", [new("Name", "string"), new("Data", "dynamic")])], [], []);

    [Test]
    public async Task A_tree_has_kinds_roles_symbols_and_types()
    {
        var tree = await Tree("T_CL | where Name =~ 'x' and\n  isempty(Data.a)");

        Assert.That(Show(tree), Is.EqualTo(
            """
            QueryBlock
              Directives=List
              Statements=List
                SeparatedElement
                  ExpressionStatement
                    Expression=PipeExpression :table
                      Expression=NameReference ->Table:T_CL :table
                        Name=TokenName
                          Name=IdentifierToken "T_CL"
                      Bar=BarToken "|"
                      Operator=FilterOperator :table
                        Keyword=WhereKeyword "where"
                        Parameters=List
                        Condition=AndExpression ->Operator:And :bool
                          Left=EqualTildeExpression ->Operator:EqualTilde :bool
                            Left=NameReference ->Column:Name :string
                              Name=TokenName
                                Name=IdentifierToken "Name"
                            Operator=EqualTildeToken "=~"
                            Right=StringLiteralExpression :string = x
                              Token=StringLiteralToken "'x'"
                          Operator=AndKeyword "and"
                          Right=FunctionCallExpression ->Function:isempty :bool
                            Name=NameReference ->Function:isempty :bool
                              Name=TokenName
                                Name=IdentifierToken "isempty"
                            ArgumentList=ExpressionList
                              OpenParen=OpenParenToken "("
                              Expressions=List
                                SeparatedElement
                                  PathExpression :dynamic
                                    Expression=NameReference ->Column:Data :dynamic
                                      Name=TokenName
                                        Name=IdentifierToken "Data"
                                    Dot=DotToken "."
                                    Selector=NameReference :dynamic
                                      Name=TokenName
                                        Name=IdentifierToken "a"
                              CloseParen=CloseParenToken ")"
              EndOfQuery=EndOfTextToken ""

            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public async Task Several_threads_read_a_tree_at_once()
    {
        var query = "T_CL" + string.Concat(Enumerable.Range(0, 200).Select(n => $"\n| extend C{n} = strlen(Name)"));
        var trees = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Tree(query)));
        foreach (var tree in trees)
        {
            Assert.That(
                () => Parallel.For(0, 8, _ => Assert.That(tree.SelfAndDescendants().Sum(node => node.Columns?.Length ?? 0), Is.GreaterThan(20_000))),
                Throws.Nothing);
        }
    }

    [Test]
    public async Task Tokens_are_the_text_at_their_place()
    {
        const string Text = "// \ud83d\ude00\nT_CL\n| extend a = 1, b = @\"c:\\\" // end";
        var tokens = Tokens(await Tree(Text)).ToList();

        Assert.That(tokens, Has.Count.GreaterThan(8));
        Assert.That(tokens.Select(token => Text.Substring(token.Start, token.Length)), Is.EqualTo(tokens.Select(token => token.Text)));
    }

    [Test]
    public async Task A_column_says_where_its_value_comes_from()
    {
        var tree = await Tree("let day = 1d; T_CL | extend Part = Data.a | project-rename Other = Name, Piece = Part | where Other != '' and Piece == day");
        var columns = Named(tree, "Other").Symbol!;
        Assert.That(columns.Origins, Is.EqualTo(["T_CL.Name"]));
        var piece = tree.SelfAndDescendants().Last(node => node.Symbol?.Name == "Piece").Symbol!;
        Assert.That(piece.Sources.Select(source => source.Source), Is.EqualTo(["Data.a"]));
        Assert.That(piece.Type, Is.EqualTo("dynamic"));
        Assert.That(Named(tree, "day").Value, Is.EqualTo("1.00:00:00"));
        Assert.That(tree["Statements"]!.Children[^1].SelfAndDescendants().First(node => node.Kind == "PipeExpression").Columns!.Value.Select(column => column.Name),
            Is.EqualTo(["Other", "Data", "Piece"]));
    }

    [Test]
    public async Task A_call_says_the_name_of_its_column()
    {
        var calls = (await Tree("T_CL | summarize count(), max(strlen(Name)) by bin(strlen(Name), 2)")).SelfAndDescendants()
            .Where(node => node.Kind == "FunctionCallExpression").Select(call => $"{call.Source}={call.ResultName}");

        Assert.That(calls, Is.SupersetOf(["count()=count_", "max(strlen(Name))=max_strlen_Name", "bin(strlen(Name), 2)=strlen_Name"]));
    }

    [Test]
    public async Task A_table_of_unknown_columns_is_open()
    {
        var schema = Schema with { Tables = [Schema.Tables[0], new("Open_CL", [new("Name", "string")]) { IsOpen = true }] };
        var request = new KqlRequest("Open_CL | where isempty(Name); T_CL | where isempty(Name)", [], WithTree: true);
        var tree = (await SharedHost.Analyzer.AnalyzeAsync(schema, [request], null, CancellationToken.None)).Single().Tree!;
        var operators = tree.SelfAndDescendants().Where(node => node.Kind == "FilterOperator").ToList();

        Assert.That(operators.Select(node => node.IsOpen), Is.EqualTo([true, false]));
        Assert.That(operators.Select(node => string.Join(',', node.Columns!.Value.Select(column => column.Name))), Is.EqualTo(["Name", "Name,Data"]));
    }

    [Test]
    public async Task A_tree_survives_json()
    {
        var analysis = (await SharedHost.Analyzer.AnalyzeAsync(Schema, [new("T_CL | where Name == '\u00e9\U0001f600' | extend a = Data.b", [], WithTree: true)], null, CancellationToken.None)).Single();
        var again = JsonSerializer.Deserialize(JsonSerializer.Serialize(analysis, CacheJson.Default.KqlAnalysis), CacheJson.Default.KqlAnalysis)!;
        Assert.That(Show(again.Tree!), Is.EqualTo(Show(analysis.Tree!)));
    }

    [TestCase("")]
    [TestCase("AAAA")]
    [TestCase("/////w==")]
    [TestCase("AQEBAQEBAQEBAQEB")]
    public void Json_that_is_no_tree_is_refused(string tree) =>
        Assert.That(() => JsonSerializer.Deserialize($$"""{"Diagnostics":[],"Tables":[],"Functions":[],"Watchlists":[],"ColumnsRead":[],"Tree":"{{tree}}"}""", CacheJson.Default.KqlAnalysis),
            Throws.InstanceOf<JsonException>());

    [Test]
    public async Task No_tree_is_sent_that_nobody_asked_for()
    {
        var analysis = await SharedHost.Analyzer.AnalyzeAsync(Schema, [new("T_CL", [])], null, CancellationToken.None);

        Assert.That(analysis.Single().Tree, Is.Null);
    }

    private static async Task<SyntaxNode> Tree(string text)
    {
        var analysis = await SharedHost.Analyzer.AnalyzeAsync(Schema, [new(text, [], WithTree: true)], null, CancellationToken.None);
        return analysis.Single().Tree!;
    }

    private static IEnumerable<SyntaxNode> Tokens(SyntaxNode node) => node.Text is null ? node.Children.SelectMany(Tokens) : [node];

    private static SyntaxNode Named(SyntaxNode tree, string name) => tree.SelfAndDescendants().Last(node => node.Kind == "NameReference" && node.Symbol?.Name == name);

    private static string Show(SyntaxNode node, string indent = "")
    {
        var line = new StringBuilder(indent);
        line.Append(node.Role.Length > 0 ? node.Role + "=" : "").Append(node.Kind);
        line.Append(node.Symbol is { } symbol ? $" ->{symbol.Kind}:{symbol.Name}" : "");
        line.Append(node.ResultType is { } type ? $" :{type}" : "").Append(node.Value is { } value ? $" = {value}" : "").Append(node.Text is { } text ? $" \"{text}\"" : "").Append('\n');
        foreach (var child in node.Children)
        {
            line.Append(Show(child, indent + "  "));
        }

        return line.ToString();
    }
}
