using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Testing.Events;
using CopilotSentinelKit.Tests.Spec;

namespace CopilotSentinelKit.Tests.Testing.Events;

internal sealed class TableRowsTests
{
    private const string Owner = "the table \"Visits\"";

    private static readonly DateTime Now = new(2026, 3, 1, 12, 30, 0, DateTimeKind.Utc);

    private static readonly ImmutableArray<Column> Columns =
    [
        new("TimeGenerated", "datetime"), new("Text", "string"), new("Long", "long"), new("Int", "int"), new("Real", "real"), new("Flag", "bool"), new("Dynamic", "dynamic"), new("Guid", "guid"),
        new("Span", "timespan"), new("Decimal", "decimal"),
    ];

    [TestCase("TimeGenerated: -5m", "2026-03-01T12:25:00.0000000Z"), TestCase("TimeGenerated: 2026-02-28T10:00:00", "2026-02-28T10:00:00.0000000Z"), TestCase("TimeGenerated: null", "")]
    [TestCase("Text: abc", "abc"), TestCase("Text: '0'", "0"), TestCase("Text: \"\"", ""), TestCase("Text: 2026-01-01", "2026-01-01"), TestCase("Text: yes", "yes"), TestCase("Text: -5m", "-5m")]
    [TestCase("Long: 12", "12"), TestCase("Long: -0", "0"), TestCase("Int: 2147483647", "2147483647"), TestCase("Real: 1.5", "1.5"), TestCase("Real: 2", "2.0"), TestCase("Real: .inf", "inf"), TestCase("Flag: true", "true"), TestCase("Flag: ~", "")]
    [TestCase("Dynamic: { a: [1, x, null] }", """{"a":[1,"x",null]}"""), TestCase("Dynamic: '{\"a\":1}'", "{\"a\":1}"), TestCase("Dynamic: 5", "5"), TestCase("Guid: 0C7E9F3A-5b1d-4e2f-9a86-3d4c5b6a7f80", "0c7e9f3a-5b1d-4e2f-9a86-3d4c5b6a7f80")]
    [TestCase("Span: 90m", "01:30:00"), TestCase("Span: 1.02:00:00", "1.02:00:00"), TestCase("Decimal: 2.5", "2.5")]
    public void A_value_has_the_type_of_its_column(string cell, string text)
    {
        var value = Ok("- { " + cell + " }\n").Single()[Place(cell)];
        Assert.That(ValueText.Of(value), Is.EqualTo(text));
        Assert.That(value.IsNull || cell.StartsWith("Dynamic", StringComparison.Ordinal) || value.Kind.ToString() == KqlTypes.Find(Columns[Place(cell)].Type)!.Value.ToString());
    }

    [Test]
    public void A_text_stays_a_text_in_a_dynamic_column() => Assert.That(Ok("- { Dynamic: '[1]' }\n").Single()[6].Kind, Is.EqualTo(ValueKind.String));

    [Test]
    public void A_row_without_a_time_arrives_now()
    {
        var row = Ok("- { Text: a }\n").Single();
        Assert.That(row[0], Is.EqualTo(Value.Of(Now)));
        Assert.That(row[2..], Has.All.EqualTo(Value.Null));
    }

    [TestCase("- { TimeGenerated: «yesterday» }\n", "a time such as 2026-01-31T08:00:00Z, or one that counts from the test's now, such as -5m or -1d12h, but this is the text \"yesterday\"."), TestCase("- { TimeGenerated: «5» }\n", null)]
    [TestCase("- { Text: «0» }\n", "a text, in quotes where it looks like a number or true, but this is the number 0."), TestCase("- { Text: «true» }\n", "but this is true."), TestCase("- { Text: «[1]» }\n", "but this is a list."), TestCase("- { Text: «{ a: 1 }» }\n", "but this is an object.")]
    [TestCase("- { Long: «'1'» }\n", "a whole number, but this is the text \"1\"."), TestCase("- { Long: «1.5» }\n", "the number 1.5."), TestCase("- { Int: «2147483648» }\n", "a whole number of 32 bits, but"), TestCase("- { Real: «x» }\n", "a number, but"), TestCase("- { Decimal: «1e300» }\n", null)]
    [TestCase("- { Flag: «yes» }\n", "true or false, but this is the text \"yes\"."), TestCase("- { Guid: «1» }\n", "a GUID, but this is the number 1."), TestCase("- { Guid: «abc» }\n", null), TestCase("- { Span: «soon» }\n", "a length of time such as 5m or 1.02:00:00, but"), TestCase("- { Span: «999999999999d» }\n", null)]
    [TestCase("- Dynamic: a\n  Long:\n    «- 1»\n", null), TestCase("- { Span: «999999999999999999999999999999999999d» }\n", null)]
    public void A_value_of_another_type_is_shown(string marked, string? message)
    {
        var finding = Verify("CSK1157", marked);
        Assert.That(finding.Message, Does.StartWith("The column \"").And.Contain(message ?? " takes "));
    }

    [Test]
    public void An_unknown_column_is_shown_with_the_nearest() => Assert.That(
        Verify("CSK1156", "- { Text: a, «timegenerated»: now }\n").Message, Is.EqualTo("The table \"Visits\" has no column \"timegenerated\". Did you mean \"TimeGenerated\"? Correct or remove it."));

    [TestCase("«text»\n"), TestCase("- { Text: a }\n- «text»\n"), TestCase("- «- Text»\n")]
    public void What_is_no_row_is_shown(string marked) => Verify("CSK1155", marked);

    [TestCase("[{\"Text\":\"a\"},{\"Long\":5}]"), TestCase("{\"Text\":\"a\"}\n{\"Long\":5}\n"), TestCase("\uFEFF[ {\"Text\":\"a\"} , {\"Long\":5} ]")]
    public void Rows_stand_in_JSON_files(string text)
    {
        var findings = new List<Finding>();
        var rows = TableRows.Read(Owner, Columns, WrittenRow.ReadAll(new SourceFile("visits.json", text), Owner, findings), Now, findings);
        Assert.That(findings, Is.Empty, () => Marked.Shown(findings));
        Assert.That(rows.Select(row => (row[1].Text, row[2].Bits)), Is.EqualTo([("a", 0L), ("", 5L)]));
    }

    [TestCase("«»", "CSK1155"), TestCase("[«5»]", "CSK1155"), TestCase("[{\"Text\":«}»]", "CSK1142"), TestCase("[{\"Text\":«5»}]", "CSK1157"), TestCase("[{\"Texts\":1,«\"Texts\"»:1}]", "CSK1144"), TestCase("{«\"Textt\"»:1}", "CSK1156")]
    public void What_is_wrong_in_a_JSON_file_is_shown(string marked, string code)
    {
        var findings = new List<Finding>();
        var rows = WrittenRow.ReadAll(new SourceFile("visits.json", EventFile.Plain(marked)), Owner, findings);
        TableRows.Read(Owner, Columns.Add(new("Texts", "dynamic")), rows, Now, findings);
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo([code]), () => Marked.Shown(findings));
        EventFile.AssertAt(findings[0], marked);
    }

    [Test]
    public void Made_rows_have_one_place()
    {
        var (findings, file) = (new List<Finding>(), new SourceFile("rules/a.yaml", "repeat: 3"));
        var row = WrittenRow.Of(DynamicBag.From([KeyValuePair.Create("Text", Value.Of("a")), KeyValuePair.Create("Long", Value.Of("b")), KeyValuePair.Create("Txt", Value.Null)]), file.All);
        Assert.That(TableRows.Read(Owner, Columns, [row], Now, findings).Single()[1].Text, Is.EqualTo("a"));
        Assert.That(findings.Select(finding => (finding.Code, finding.Span.ToString())), Is.EqualTo([("CSK1157", "rules/a.yaml:1:1"), ("CSK1156", "rules/a.yaml:1:1")]));
    }

    [TestCase("12", "12", ValueKind.Long), TestCase("+12", "12", ValueKind.Long), TestCase("0x1F", "31", ValueKind.Long), TestCase("0o17", "15", ValueKind.Long), TestCase("012", "12", ValueKind.Long), TestCase("1_000", "1_000", ValueKind.String), TestCase("0xFFFFFFFFFFFFFFFFFF", "0xFFFFFFFFFFFFFFFFFF", ValueKind.String)]
    [TestCase("1.", "1.0", ValueKind.Real), TestCase(".5", "0.5", ValueKind.Real), TestCase("-1.5e3", "-1500.0", ValueKind.Real), TestCase("99999999999999999999", "1e+20", ValueKind.Real), TestCase("-.inf", "-inf", ValueKind.Real), TestCase(".nan", "NaN", ValueKind.Real)]
    [TestCase("True", "true", ValueKind.Bool), TestCase("FALSE", "false", ValueKind.Bool), TestCase("yes", "yes", ValueKind.String), TestCase("~", "", ValueKind.Null), TestCase("Null", "", ValueKind.Null), TestCase("'true'", "true", ValueKind.String), TestCase("\"1\"", "1", ValueKind.String)]
    [TestCase("1:30", "1:30", ValueKind.String), TestCase("1e", "1e", ValueKind.String), TestCase("0o8", "0o8", ValueKind.String), TestCase("2026-01-01", "2026-01-01", ValueKind.String), TestCase("1.2.3", "1.2.3", ValueKind.String), TestCase("|\n  1\n", "1\n", ValueKind.String)]
    public void Scalars_are_those_of_the_core_schema(string yaml, string text, ValueKind kind)
    {
        var value = YamlData.ToValue(((YamlMap)YamlReader.Read(new SourceFile("a.yaml", "k: " + yaml), [])!)["k"]!);
        Assert.That((ValueText.Of(value), value.Kind), Is.EqualTo((text, kind)));
    }

    private static int Place(string cell) => Columns.IndexOf(Columns.Single(column => column.Name == cell[..cell.IndexOf(':', StringComparison.Ordinal)]));

    private static ImmutableArray<ImmutableArray<Value>> Ok(string yaml)
    {
        var (rows, findings) = Read(yaml);
        Assert.That(findings, Is.Empty, () => Marked.Shown(findings));
        return rows;
    }

    private static Finding Verify(string code, string marked)
    {
        var findings = Read(EventFile.Plain(marked)).Findings;
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo([code]), () => Marked.Shown(findings));
        EventFile.AssertAt(findings[0], marked);
        return findings[0];
    }

    private static (ImmutableArray<ImmutableArray<Value>> Rows, List<Finding> Findings) Read(string yaml)
    {
        var findings = new List<Finding>();
        var rows = WrittenRow.ReadAll(YamlReader.Read(new SourceFile("rules/a.yaml", yaml), findings)!, Owner, findings);
        return (TableRows.Read(Owner, Columns, rows, Now, findings), findings);
    }
}
