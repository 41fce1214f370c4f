
using CopilotSentinelKit.Generate.Templates;

namespace CopilotSentinelKit.Tests.Templates;

/// <summary>What of Scriban templates have. That each function is tested, a test of its own sees to.</summary>
internal sealed class ScribanTests
{
    private static readonly string[][] Functions =
    [
        ["array.add", "list | array.add 'c' | array.join ','", "\"b,a,c\""],
        ["array.concat", "list | array.concat numbers | array.join ','", "\"b,a,3,1,2\""],
        ["array.contains", "columns | array.contains 'where'", "true"],
        ["array.first", "list | array.first", "\"b\""],
        ["array.join", "[1, 'x', true] | array.join '-'", "\"1-x-true\""],
        ["array.last", "list | array.last", "\"a\""],
        ["array.reverse", "list | array.reverse | array.join ','", "\"a,b\""],
        ["array.size", "numbers | array.size", "3"],
        ["array.sort", "numbers | array.sort | array.join ','", "\"1,2,3\""],
        ["array.uniq", "['a', 'b', 'a'] | array.uniq | array.size", "2"],
        ["math.abs", "-4.5 | math.abs", "real(4.5)"],
        ["math.ceil", "1.2 | math.ceil", "2"],
        ["math.floor", "-1.1 | math.floor", "-2"],
        ["math.round", "1234.5678 | math.round 2", "real(1234.57)"],
        ["regex.match", "'a1b22' | regex.match '[0-9]+' | array.first", "\"1\""],
        ["regex.replace", "'a1b22' | regex.replace '[0-9]+' '-'", "\"a-b-\""],
        ["regex.split", "'a, b,c' | regex.split ', *' | array.size", "3"],
        ["string.append", "s | string.append '!'", "\"it's text!\""],
        ["string.capitalize", "'école' | string.capitalize", "\"École\""],
        ["string.contains", "s | string.contains 'text'", "true"],
        ["string.downcase", "'ÄB' | string.downcase", "\"äb\""],
        ["string.ends_with", "s | string.ends_with 'text'", "true"],
        ["string.prepend", "s | string.prepend 'so '", "\"so it's text\""],
        ["string.remove", "'a-b-c' | string.remove '-'", "\"abc\""],
        ["string.replace", "'a-b-c' | string.replace '-' '+'", "\"a+b+c\""],
        ["string.size", "s | string.size", "9"],
        ["string.slice", "s | string.slice 5 2", "\"te\""],
        ["string.split", "'a,b' | string.split ',' | array.last", "\"b\""],
        ["string.starts_with", "s | string.starts_with 'x'", "false"],
        ["string.strip", "'  a b ' | string.strip", "\"a b\""],
        ["string.upcase", "s | string.upcase", "\"IT'S TEXT\""],
    ];

    [TestCaseSource(nameof(Functions))]
    public void A_function(string name, string call, string kql)
    {
        var result = Rendering.Run($"{{{{ {call} | kql }}}}");
        Assert.That((result.Error?.Message, result.Text), Is.EqualTo(((string?)null, kql)), name);
    }

    [Test]
    public void No_function_is_untested() => Assert.That(TemplateFunctions.Names, Is.EquivalentTo(Functions.Select(function => function[0])));

    [TestCase("{{ if t }}a{{ else }}b{{ end }}", "a")]
    [TestCase("{{ if no }}a{{ else if n == 3 }}b{{ else }}c{{ end }}", "b")]
    [TestCase("{{ if none }}a{{ else }}b{{ end }}", "b")]
    [TestCase("{{ if !no && f < 2 || n > 9 }}a{{ end }}", "a")]
    [TestCase("{{ if span == '14d' && o.b.c == 'deep' && o['a'] == 1 }}a{{ end }}", "a")]
    [TestCase("{{ if large > 5 }}a{{ end }}", "a")]
    [TestCase("{{ none ?? 'x' | kql }}", "\"x\"")]
    [TestCase("{{ (t ? 'x' : 'y') | kql }}", "\"x\"")]
    [TestCase("{{ case span; when '14d'; 1 | kql; else; 2 | kql; end }}", "1")]
    [TestCase("{{ for x in list }}{{ x | kql }}{{ if !for.last }},{{ end }}{{ end }}", "\"b\",\"a\"")]
    [TestCase("{{ for x in nolist }}a{{ else }}b{{ end }}", "b")]
    [TestCase("{{ for i in (1..6) offset:2 limit:3 }}{{ if i == 4; continue; end }}{{ i | kql }}{{ for.index | kql }}{{ end }}", "3052")]
    [TestCase("{{ for i in 1..5; if i == 3; break; end; i | kql; end }}", "12")]
    [TestCase("{{ i = 0; while i < 3; i = i + 1; i | kql; end }}", "123")]
    [TestCase("{{ x = n * 2 + 1; x | kql }}", "7")]
    [TestCase("{{ 7 / 2 | kql }} {{ 6 / 2 | kql }} {{ 7 // 2 | kql }} {{ 7 % 4 | kql }}", "real(3.5) 3 3 3")]
    [TestCase("{{ 1..3 | kql }} {{ [1, 'x', true] | kql }}", "dynamic([1, 2, 3]) dynamic([1, \"x\", true])")]
    [TestCase("{{ func twice(v) }}{{ ret v * 2 }}{{ end }}{{ twice n | kql }} {{ n | twice | kql }}", "6 6")]
    [TestCase("{{ capture c }}x{{ n | kql }}{{ end }}{{ c | kql }}", "\"x3\"")]
    [TestCase("{{ capture c }}a {{ s | kql }}{{ end }}{{ c | kql }}", "\"a \\\"it's text\\\"\"")]
    [TestCase("{{ $\"a{n}b\" | kql }}", "\"a3b\"")]
    [TestCase("{{ list.size | kql }}{{ list[1] | kql }}{{ list[-1] | kql }}{{ s.size | kql }}", "2\"a\"\"a\"9")]
    [TestCase("a\n  {{~ if t ~}}\n  b\n  {{~ end ~}}\nc", "a\n  b\nc")]
    [TestCase("a\n{{~ ## what\nthis is ## ~}}\nb{{# short #}}c", "a\nbc")]
    [TestCase("no tags at all, \"quotes\" and } braces }", "no tags at all, \"quotes\" and } braces }")]
    [TestCase("{%{{{ n }} {% if %}}%}a {{ \"{% if %}\" | kql }}", "{{ n }} {% if %}a \"{% if %}\"")]
    [TestCase("{{ columns | kql }} {{ columns[1] | kql_name }} {{ expression | kql }} {{ f | kql }}", "A, ['where'] ['where'] x > 1 real(1.5)")]
    public void A_template(string template, string text)
    {
        var result = Rendering.Run(template);
        Assert.That((result.Error?.Message, result.Text), Is.EqualTo(((string?)null, text)));
    }
}
