
using CopilotSentinelKit.Generate.Templates;

namespace CopilotSentinelKit.Tests.Templates;

/// <summary>Templates that would not end or would fill memory: each is stopped, and the next one renders as ever.</summary>
internal sealed class LimitTests
{
    private const string Long = "0123456789012345678901234567890123456789";

    [TestCase("{{ while true }}{{ end }}")]
    [TestCase("{{ for i in 1..1000000000 }}{{ end }}")]
    [TestCase("{{ for i in 1..10000 }}{{ for j in 1..10000 }}{{ end }}{{ end }}")]
    [TestCase("{{ for x in (1..1000000000) reversed }}{{ end }}")]
    [TestCase("{{ 1..1000000000 | array.join ',' | kql }}")]
    [TestCase("{{ func f; ret f; end; f | kql }}")]
    [TestCase("{{ func f(x); ret g x; end; func g(x); ret f x; end; a = f 1 }}")]
    [TestCase("{{ x = 'ab'; while true; x = x + x; end }}")]
    [TestCase("{{ 'x' * 10000000 | kql }}")]
    [TestCase("{{ x = 'a' * 1000000; x | string.replace 'a' x | kql }}")]
    [TestCase("{{ x = 'a' * 1000000; x | regex.replace 'a' 'bb' | kql }}")]
    [TestCase("{{ x = 'a' * 1000000; x | regex.split '' | array.size | kql }}")]
    [TestCase("{{ x = 'a' * 1000000; [x, x, x] | array.join '' | kql }}")]
    [TestCase("{{ x = 9; while true; x = x * x; end }}")]
    [TestCase("{{ 1 << 1000000000 | kql }}")]
    [TestCase("{{ a = [1]; while true; a = a + a; end }}")]
    [TestCase("{{ a = [1]; while true; a = array.concat a a; end }}")]
    [TestCase("{{ a = [1]; while true; a = [a, a]; end }}")]
    [TestCase("{{ a = [1] * 1000000000 }}")]
    [TestCase("{{ x = 'xx'; for i in 1..100; capture x; x | kql; x | kql; end; end }}")]
    [TestCase("{{ for i in 1..99999 }}" + Long + "{{ end }}")]
    [TestCase("{{ capture c }}{{ for i in 1..99999 }}" + Long + Long + Long + "{{ end }}{{ end }}")]
    [TestCase("{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | regex.match '^(a+)+$' | array.size | kql }}")]
    public void A_template_without_end_is_stopped(string template)
    {
        var result = Rendering.Run(template);
        Assert.That((result.Error?.Kind, result.Text), Is.EqualTo(((MistakeKind?)MistakeKind.Limit, "")), result.Error?.Message);
        Assert.That(Rendering.Run("{{ n | kql }}").Text, Is.EqualTo("3"));
    }

    // What is repeated, and what stands around it.
    [TestCase("", "{{ if true }}", "")]
    [TestCase("{{ ", "(", "1 }}")]
    [TestCase("{{ x = ", "[", " }}")]
    [TestCase("{{ x = 1", " + 1", " }}")]
    [TestCase("{{ x = ", "!", "true }}")]
    [TestCase("{{ s", " | string.upcase", " | kql }}")]
    [TestCase("{{ o", ".a", " | kql }}")]
    [TestCase("{{ if n; ", "else if n; ", "end }}")]
    [TestCase("{{ ", "func f; ", "}}")]
    public void Nesting_without_end_is_stopped(string before, string part, string after) =>
        Assert.That(Rendering.Run(before + string.Concat(Enumerable.Repeat(part, 20_000)) + after).Error?.Kind, Is.EqualTo(MistakeKind.Limit));

    // Nothing that is read may take the square of its length.
    [TestCase("{% ")]
    [TestCase("{{ \"{% a %}\" | kql }}")]
    [TestCase("{{ 1 | kql }} ")]
    [TestCase("{{# {% #}}")]
    public void Many_tags_end_too(string part) => Assert.That(() => Rendering.Run(string.Concat(Enumerable.Repeat(part, 100_000))), Throws.Nothing);

    [Test]
    public void A_template_of_any_size_is_stopped() =>
        Assert.That(Rendering.Run(new string('x', 5_000_000)).Error?.Kind, Is.EqualTo(MistakeKind.Limit));
}
