using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Generate;

/// <summary>Turns where a field is into the KQL that reads it.</summary>
internal static class FieldReader
{
    /// <summary>The first of several readings that is there, or a null of the type when there is none. In KQL <c>coalesce</c> also
    /// skips empty strings.</summary>
    public static string FirstOf(string type, ImmutableArray<string> readings) => readings switch
    {
        [] => Null(type),
        [var only] => only,
        _ => $"coalesce({string.Join(", ", readings)})",
    };

    /// <summary>A member of a dynamic value, as the type.</summary>
    public static string Member(string type, string root, string path) => Cast(type, root + "." + path);

    /// <summary>An expression of any type, as the type.</summary>
    public static string Cast(string type, string expression) => type == "dynamic" ? expression : $"to{type}({expression})";

    /// <summary>The null of a type; strings have none, theirs is empty.</summary>
    public static string Null(string type) => type == "string" ? "\"\"" : $"{type}(null)";

    /// <summary>The steps after a field's value was read: a single object becomes a collection, a code becomes its name.</summary>
    public static string? Normalise(FieldSpec field)
    {
        var name = field.Name.Value;
        if (field.Array)
        {
            return $"AsArray({name})";
        }

        return field.Values.IsEmpty ? null : $"coalesce(tostring({Names(field)}[{name}]), {name})";
    }

    /// <summary>A KQL list of names: <c>dynamic(["a","b"])</c>.</summary>
    public static string NameList(IEnumerable<string> names) =>
        $"dynamic([{string.Join(",", names.Distinct(StringComparer.Ordinal).Select(Quote))}])";

    private static string Names(FieldSpec field)
    {
        var pairs = field.Values.Select(pair => Quote(pair.Code.Value) + ":" + Quote(pair.Name.Value));
        return $"dynamic({{{string.Join(",", pairs)}}})";
    }

    /// <summary>A JSON string, which is also a KQL string; everything but letters, digits and spaces is escaped.</summary>
    private static string Quote(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is ' ' or '_' or '-' or '.')
            {
                text.Append(c);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            }
        }

        return text.Append('"').ToString();
    }
}
