using CopilotSentinelKit.Emit.Formats;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Tests.Support;
using CopilotSentinelKit.Tests.Templates;

namespace CopilotSentinelKit.Tests.Emit.Formats;

/// <summary>The filters of templates of output: nothing that a value holds can be more than a value.</summary>
internal sealed class OutputFilterTests
{
    [TestCase("a.bicep", "{{ 'it\\'s ${x} \\\\ ' | bicep }}", @"'it\'s \${x} \\ '")]
    [TestCase("a.bicep", "a: {{ ['x', 1, true] | bicep }}", "a: [\n  'x'\n  1\n  true\n]")]
    [TestCase("a.bicep", "  a: {{ o | bicep }}", "  a: {\n    a: 1\n    b: {\n      c: 'deep'\n    }\n  }")]
    [TestCase("a.bicep", "{{ 'T\\n| where A == \"x\"' | bicep }}", "'''\nT\n| where A == \"x\"'''")]
    [TestCase("a.bicep", "{{ 'a\\n\\'\\'\\'b' | bicep }}", @"'a\n\'\'\'b'")]
    [TestCase("a.bicep", "{{ 'a\\nb\\'' | bicep }}", @"'a\nb\''")]
    [TestCase("a.bicep", "{{ 'a\\r\\nb' | bicep }}", @"'a\r\nb'")]
    [TestCase("a.bicep", "{{ nolist | bicep }}", "[]")]
    [TestCase("a.bicep", "{{ 'Rule_1' | bicep_name }}", "Rule_1")]
    [TestCase("a.tf", "{{ '\"${x} %{if} \\\\' | hcl }}", @"""\""$${x} %%{if} \\""")]
    [TestCase("a.tf", "  q = {{ 'T\\n| take ${n}' | hcl }}", "  q = chomp(<<EOT\nT\n| take $${n}\nEOT\n  )")]
    [TestCase("a.tf", "{{ 'a\\n EOT\\nb' | hcl }}", @"""a\n EOT\nb""")]
    [TestCase("a.tf", "{{ o | hcl }}", "{\n  a = 1\n  b = {\n    c = \"deep\"\n  }\n}")]
    [TestCase("a.tf", "{{ list | hcl }}", "[\n  \"b\",\n  \"a\",\n]")]
    [TestCase("a.json", "  {\"a\": {{ o | json }}}", "  {\"a\": {\n    \"a\": 1,\n    \"b\": {\n      \"c\": \"deep\"\n    }\n  }}")]
    [TestCase("a.json", "{{ '\"\\n' | json }}", @"""\""\n""")]
    [TestCase("a.yaml", "a: {{ 'yes' | yaml }}", "a: \"yes\"")]
    [TestCase("a.yaml", "  a: {{ 'x: 1\\n\\ny # z' | yaml }}", "  a: |-\n    x: 1\n\n    y # z")]
    [TestCase("a.yaml", "  a: {{ list | yaml }}", "  a: \n    - b\n    - a")]
    [TestCase("a.md", "{{ 'a|b <i> *c* [d](e) `f`\\ng' | markdown }}", @"a\|b \<i\> \*c\* \[d\](e) \`f\` g")]
    [TestCase("a.md", "{{ '# h' | markdown }}", @"\# h")]
    [TestCase("a.md", "{{ '1. one' | markdown }}", @"1\. one")]
    [TestCase("a.md", "{{ 'a\\n```\\nb' | markdown_code 'kql' }}", "````kql\na\n```\nb\n````")]
    [TestCase("a.conf", "{{ 'a\\nb = c' | conf }}", "a\\\nb = c")]
    [TestCase("a.conf", "[{{ 'o365:management:activity' | conf_name }}]", "[o365:management:activity]")]
    [TestCase("a.kql", "{{ expression | kql }} {{ 'a\"' | kql }}", "x > 1 \"a\\\"\"")]
    [TestCase("a.html", "<p title=\"{{ '<b a=\"1\">&\\'\\n' | html }}\">", "<p title=\"&lt;b a=&quot;1&quot;&gt;&amp;&#39;\n\">")]
    [TestCase("a.html", "{{ 'a\\u0000\\u0085b' | html }}", "a\uFFFD\uFFFDb")]
    [TestCase("a.html", "<a href=\"{{ 'https://a.example/?a=1&b=\"' | html_url }}\">", "<a href=\"https://a.example/?a=1&amp;b=&quot;\">")]
    [TestCase("a.html", "{{ 'T | where A == \"</code>\" // <b>' | html_kql }}", "T <span class=\"p\">|</span> <span class=\"k\">where</span> A == <span class=\"s\">&quot;&lt;/code&gt;&quot;</span> <span class=\"c\">// &lt;b&gt;</span>")]
    [TestCase("a.html", "{{ 'P()' | html_kql [{ id: 'P', page: 'a\"b' }] '../' }}", "<a href=\"../a&quot;b\">P</a>()")]
    [TestCase("a.js", "x = {{ '\"\\n' | json }};", "x = \"\\\"\\n\";")]
    [TestCase("a.txt", "{{ 'a' | json }} {{ 'a' | kql }}", "\"a\" \"a\"")]
    public void Writes(string path, string template, string expected)
    {
        var result = Run(path, template);
        Assert.That((result.Error?.Message, result.Text), Is.EqualTo(((string?)null, expected)));
    }

    [TestCase("a.bicep", "{{ 'a b' | bicep_name }}", MistakeKind.Value)]
    [TestCase("a.bicep", "{{ none | bicep }}", MistakeKind.Value)]
    [TestCase("a.bicep", "{{ 'a' | bicep | bicep }}", MistakeKind.Value)]
    [TestCase("a.bicep", "{{ s }}", MistakeKind.Unfiltered)]
    [TestCase("a.bicep", "{{ s | json }}", MistakeKind.Filter)]
    [TestCase("a.html", "{{ 'javascript:alert(1)' | html_url }}", MistakeKind.Value)]
    [TestCase("a.html", "{{ '//a.example' | html_url }}", MistakeKind.Value)]
    [TestCase("a.html", "{{ list | html }}", MistakeKind.Value)]
    [TestCase("a.html", "{{ s | markdown }}", MistakeKind.Filter)]
    [TestCase("a.tf", "{{ 'a.b' | hcl_name }}", MistakeKind.Value)]
    [TestCase("a.md", "{{ list | markdown }}", MistakeKind.Value)]
    [TestCase("a.conf", "{{ 'a\\\\\\nb' | conf }}", MistakeKind.Value)]
    [TestCase("a.conf", "{{ 'a]' | conf_name }}", MistakeKind.Value)]
    [TestCase("a.md", "{{ s | string.upcase }}", MistakeKind.Unfiltered)]
    public void Refuses(string path, string template, MistakeKind kind) => Assert.That(Run(path, template).Error?.Kind, Is.EqualTo(kind));

    private static RenderResult Run(string path, string template) => TemplateEngine.Render(
        [new(template, null, ScriptValues.Read(Rendering.Values)) { Dialect = OutputDialects.Of(path) }], CancellationToken.None).Single();
}
