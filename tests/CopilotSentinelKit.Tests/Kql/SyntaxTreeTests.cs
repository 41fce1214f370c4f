using System.Text;
using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Tests.Kql;

public sealed class SyntaxTreeTests
{
    private static readonly KqlSchema Schema = new(
        TableCatalog.Load(), [new("T_CL", [new("Name", "string"), new("Data", "dynamic")])], [], []);

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
                            Right=StringLiteralExpression :string
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
    public async Task Tokens_are_the_text_at_their_place()
    {
        const string Text = "// \ud83d\ude00\nT_CL\n| extend a = 1, b = @\"c:\\\" // end";
        var tokens = Tokens(await Tree(Text)).ToList();

        Assert.That(tokens, Has.Count.GreaterThan(8));
        Assert.That(tokens.Select(token => Text.Substring(token.Start, token.Length)), Is.EqualTo(tokens.Select(token => token.Text)));
    }

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

    private static string Show(SyntaxNode node, string indent = "")
    {
        var line = new StringBuilder(indent);
        line.Append(node.Role.Length > 0 ? node.Role + "=" : "").Append(node.Kind);
        line.Append(node.Symbol is { } symbol ? $" ->{symbol.Kind}:{symbol.Name}" : "");
        line.Append(node.ResultType is { } type ? $" :{type}" : "").Append(node.Text is { } text ? $" \"{text}\"" : "").Append('\n');
        foreach (var child in node.Children)
        {
            line.Append(Show(child, indent + "  "));
        }

        return line.ToString();
    }
}
