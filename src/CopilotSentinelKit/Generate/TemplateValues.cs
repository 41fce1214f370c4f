using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql.Text;
using Scriban.Runtime;

namespace CopilotSentinelKit.Generate;

/// <summary>The values of one rendering, each remembering where a person wrote it, so that wrong KQL is shown there.</summary>
internal sealed class TemplateValues
{
    private readonly List<Func<int, int, SourceSpan>> _origins = [];

    /// <summary>The values under the names that the template uses.</summary>
    public ScriptObject Root { get; } = [];

    /// <summary>A name of a table, column or function.</summary>
    public TypedValue Name(Spanned<string> name) => Typed(TypedKind.Name, name.Value, (_, _) => name.Span);

    /// <summary>A name that the kit itself makes up; findings about it point at <paramref name="span"/>.</summary>
    public TypedValue Name(string name, SourceSpan span) => Name(new Spanned<string>(name, span));

    /// <summary>KQL that the generator derived from the mapping.</summary>
    public TypedValue Expression(string kql, SourceSpan span) => Typed(TypedKind.Expression, kql, (_, _) => span);

    /// <summary>KQL that a person wrote in the mapping.</summary>
    public TypedValue Expression(YamlText kql) => Typed(TypedKind.Expression, kql.Value.Trim(), (start, length) =>
        kql.Locate(kql.Value.Length - kql.Value.TrimStart().Length + start, length));

    /// <summary>Where the text of a segment with this origin was written.</summary>
    public SourceSpan? Locate(string? origin, int start, int length) =>
        origin is ['@', .. var index] ? _origins[int.Parse(index, System.Globalization.CultureInfo.InvariantCulture)](start, length) : null;

    private TypedValue Typed(TypedKind type, string value, Func<int, int, SourceSpan> origin)
    {
        _origins.Add(origin);
        return new(type, value, FormattableString.Invariant($"@{_origins.Count - 1}"));
    }
}
