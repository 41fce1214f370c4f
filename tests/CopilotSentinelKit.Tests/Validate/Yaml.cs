
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Validate;

/// <summary>A small YAML text to build content records from; «...» marks what a finding must underline, and is not part of the text.</summary>
internal sealed class Yaml
{
    public Yaml(string marked, string path = "rules/test.yaml")
    {
        var start = marked.IndexOf('«', StringComparison.Ordinal);
        var end = marked.IndexOf('»', StringComparison.Ordinal) - 1;
        File = new(path, marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal));
        Marked = start < 0 ? null : new(File, start, end - start);
    }

    public SourceFile File { get; }

    public SourceSpan? Marked { get; }

    /// <summary>The nth occurrence of a text, from 1, as the value that it is.</summary>
    public Spanned<string> this[string text, int nth = 1] => At(text, text, nth);

    /// <summary>The nth occurrence of a text, as another value.</summary>
    public Spanned<T> At<T>(string text, T value, int nth = 1)
    {
        var at = -1;
        for (var i = 0; i < nth; i++)
        {
            at = File.Text.IndexOf(text, at + 1, StringComparison.Ordinal);
            if (at < 0)
            {
                throw new InvalidOperationException($"The YAML of this test has no {nth}. \"{text}\".");
            }
        }

        return new(value, new(File, at, text.Length));
    }

    /// <summary>The marked text as the value that it is.</summary>
    public Spanned<string> Mark => new(Marked!.Value.Text, Marked.Value);

    /// <summary>A value that the test does not look at.</summary>
    public Spanned<T> Any<T>(T value) => new(value, File.All);

    /// <summary>An entity with fields "Identifier:Column", each at its first occurrence.</summary>
    public EntityMapping Entity(string type, params string[] fields) =>
        new(this[type], [.. fields.Select(field => field.Split(':')).Select(field => new FieldMapping(this[field[0]], this[field[1]]))]);

    /// <summary>KQL that stands in the text word for word.</summary>
    public Query Query(string kql)
    {
        var at = this[kql].Span.Start;
        return new(kql, [new(0, kql.Length, (start, length) => new(File, at + start, length))], new(File, at, kql.Length));
    }
}
