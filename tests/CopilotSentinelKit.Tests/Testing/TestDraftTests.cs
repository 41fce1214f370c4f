using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Testing;

/// <summary>The first test that csk new test writes of a query that is there.</summary>
internal sealed class TestDraftTests
{
    private static readonly SpecFile Test = new("tests/query.yaml", "tests/query.yaml", default);

    [Test]
    public async Task Rows_have_what_the_query_names_and_compares_with() => await AssertDraft(
        """
        let Roles = dynamic(["Owner", "Contributor"]);
        AuditLogs
        | where OperationName =~ "Consent to application" and Result != "failure"
        | extend Value = tostring(TargetResources[1].modifiedProperties[0].newValue), Actor = tostring(InitiatedBy.user.userPrincipalName)
        | where Value has "All" and ResultType in ("7", "8")
        | join kind=inner (SigninLogs | where RiskLevelDuringSignIn in~ (Roles) and ProcessingTimeInMilliseconds has "6" and CreatedDateTime > ago(1h) | where IsInteractive) on $left.Actor == $right.UserPrincipalName
        """,
        """
            tables:
              AuditLogs:
                - TimeGenerated: "-10m"
                  OperationName: Consent to application
                  ResultType: "7"
                  InitiatedBy:
                    user:
                      userPrincipalName: userPrincipalName
                  Result: Result
                  TargetResources:
                    - modifiedProperties:
                        - newValue: All
                    - modifiedProperties:
                        - newValue: All
              SigninLogs:
                - TimeGenerated: "-10m"
                  CreatedDateTime: "-10m"
                  IsInteractive: true
                  ProcessingTimeInMilliseconds: "6"
                  RiskLevelDuringSignIn: Owner
                  UserPrincipalName: "user@contoso.com"
            expect: none
        """);

    [Test]
    public async Task What_the_row_makes_is_expected() => await AssertDraft(
        "SecurityEvent | where EventID == 4688 and CommandLine has_any (\"mimikatz\", \"rubeus\") | summarize Count = count() by Computer",
        """
            tables:
              SecurityEvent:
                - TimeGenerated: "-10m"
                  Computer: Computer
                  EventID: 4688
                  CommandLine: mimikatz
            expect: 1
        """);

    [Test]
    public async Task A_table_that_nobody_declares_gets_the_columns_that_the_query_seems_to_know() => await AssertDraft(
        "Contoso_CL | where Level_d > 3 and Name_s == \"x\" | extend Host = tostring(Data.host)",
        """
            tables:
              Contoso_CL:
                columns:
                  TimeGenerated: datetime
                  Level_d: long
                  Name_s: string
                  Data: dynamic
                rows:
                  - TimeGenerated: "-10m"
                    Level_d: 4
                    Name_s: x
                    Data:
                      host: host
            expect: 1
        """);

    [Test]
    public async Task Functions_are_stood_in_for_and_watchlists_filled() => await AssertDraft(
        "_Im_NetworkSession(starttime=ago(1h)) | where DstPortNumber == 22 and SrcIpAddr in ((_GetWatchlist('Vips') | project SearchKey))",
        """
            watchlists:
              Vips:
                - SearchKey: SearchKey
            functions:
              _Im_NetworkSession:
                - TimeGenerated: "-10m"
                  DstPortNumber: 22
                  SrcIpAddr: "203.0.113.5"
            expect: none
        """);

    [Test]
    public async Task Records_come_for_the_parsers_of_the_mapping() => await AssertDraft(
        "CopilotEvents() | where IsInteraction | summarize Prompts = count() by ActorUpn",
        """
            events:
              record:
                Operation: CopilotInteraction
                RecordType: 261
                UserId: "user@contoso.com"
                ClientIP: "203.0.113.5"
                CopilotEventData:
                  AppHost: Word
                  Messages:
                    - Id: "1"
                      isPrompt: true
              at: "-10m"
            expect: 1
        """);

    [Test]
    public async Task A_query_with_a_mistake_is_said()
    {
        var (text, findings) = await DraftAsync("SigninLogs | where Nothing == 1");
        Assert.That(text, Does.Contain("SigninLogs:"));
        Assert.That(findings.Select(finding => $"{finding.Code} {finding.Span}"), Is.EqualTo(["CSK1008 query.kql:1:20"]));
    }

    [Test]
    public async Task The_command_writes_it_beside_the_rule_and_over_nothing()
    {
        using var folder = new TemporaryFolder();
        folder.Write(".git/HEAD", "ref: refs/heads/main\n");
        var rule = folder.Write("Detections/rule.kql", "SigninLogs | where ResultType == \"0\" | project UserPrincipalName");
        var made = await Csk.RunAsync("new", "test", rule, "--project", folder.Root);
        Assert.That((made.Code, made.Error), Is.EqualTo((0, "")));
        Assert.That(made.Out, Does.Contain("new   ").And.Contain("csk test "));
        var test = await Csk.RunAsync("test", folder.PathOf("Detections"));
        Assert.That(test.Out, Does.StartWith("1 test passed"), test.Error);

        var again = await Csk.RunAsync("new", "test", rule, "--project", folder.Root);
        Assert.That(again.Code, Is.EqualTo(2));
        Assert.That(again.Error, Does.Contain("is there already, and nothing was written. Add the tests to it."));
    }

    [Test]
    public async Task Of_several_queries_one_is_named()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("workbook.workbook.json", """{ "version": "Notebook/1.0", "items": [ { "type": 3, "name": "one", "content": { "version": "KqlItem/1.0", "query": "SigninLogs | count" } }, { "type": 3, "name": "two", "content": { "version": "KqlItem/1.0", "query": "AuditLogs | count" } } ] }""");
        var which = await Csk.RunAsync("new", "test", path, "--project", folder.Root);
        Assert.That(which.Code, Is.EqualTo(2));
        Assert.That(which.Error, Does.Contain("Name one with --item: \"one\", \"two\"."));
        Assert.That((await Csk.RunAsync("new", "test", path, "--item", "two", "--project", folder.Root)).Code, Is.Zero);
        Assert.That(folder.Read("tests/workbook.workbook.two.yaml"), Does.Contain("item: two\n").And.Contain("AuditLogs:").And.Contain("expect: 1\n"));
    }

    private static async Task AssertDraft(string query, string expected)
    {
        var (text, findings) = await DraftAsync(query);
        Assert.That(text, Does.StartWith("for: \"../query.kql\"\ntests:\n  - name: what the query compares with\n" + expected.ReplaceLineEndings("\n") + "\n    # "), string.Join('\n', findings.Select(finding => finding.Message)));
        var run = await new Compiler(SharedHost.Analyzer, SharedHost.Catalog).TestContentAsync(
            [.. PackFolder.Read(Repository.Root)], [], Files(query).With(Test with { Bytes = Encoding.UTF8.GetBytes(text!) }), [Test.PackPath], new(), new LocalEngine(), null, CancellationToken.None);
        Assert.That(run.Results.Select(result => result.Outcome).Distinct(), Is.EqualTo([TestOutcome.Passed]));
    }

    private static Task<(string? Text, ImmutableArray<Finding> Findings)> DraftAsync(string query) => new Compiler(SharedHost.Analyzer, SharedHost.Catalog).DraftTestAsync(
        [.. PackFolder.Read(Repository.Root)], [], Files(query), Test, "../query.kql", null, new LocalEngine(), CancellationToken.None);

    private static RepositoryFiles Files(string query) => new(["query.kql"], path => new(path, path, Encoding.UTF8.GetBytes(query)));
}
