using System.Collections;
using System.Globalization;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Generate.Templates;

/// <summary>The filters <c>kql</c> and <c>kql_name</c>, the only way from a template into KQL.</summary>
internal static class KqlFilters
{
    /// <summary>Above it not every whole number is a double.</summary>
    public const double MaxExact = 9007199254740991;

    /// <summary>A value as a literal, or as what its type says.</summary>
    /// <exception cref="TemplateMistake">It has none.</exception>
    public static WrittenText Literal(object? value) => Write(value, value switch
    {
        TypedValue typed => () => Typed(typed),
        IList list when list is ColumnList || (list.Count > 0 && list.Cast<object?>().All(IsColumn)) => () => Columns(list),
        string => () => Plain(value)!,
        IEnumerable items and not IDictionary => () => List(items),
        WrittenText => throw TemplateMistake.Value("This is KQL already; a filter would change its meaning."),
        _ => () => Plain(value) ?? throw TemplateMistake.Value("A value that is null, empty or an object has no KQL literal."),
    });

    /// <summary>A value as a name.</summary>
    /// <exception cref="TemplateMistake">It is none.</exception>
    public static WrittenText Name(object? value) => Write(value, value switch
    {
        TypedValue { Type: TypedKind.Column or TypedKind.Name } typed => () => KqlWriter.Name(typed.Text),
        string name => () => KqlWriter.Name(name),
        _ => throw TemplateMistake.Value("A name must be a text or a column."),
    });

    private static WrittenText Write(object? value, Func<string> write)
    {
        try
        {
            return new(write(), (value as TypedValue)?.Origin);
        }
        catch (FormatException fault)
        {
            throw TemplateMistake.Value(fault.Message);
        }
    }

    private static string Typed(TypedValue value) => value.Type switch
    {
        TypedKind.Timespan => KqlWriter.Timespan(value.Text),
        TypedKind.Datetime => KqlWriter.Datetime(value.Text),
        TypedKind.Real => KqlWriter.Real(value.Text),
        // KQL that the mapping's author or the generator wrote: it means what it says, as the query of a detection does.
        TypedKind.Expression => value.Text,
        _ => KqlWriter.Name(value.Text),
    };

    private static string? Plain(object? value) => value switch
    {
        string text => KqlWriter.Text(text),
        bool truth => KqlWriter.Bool(truth),
        int or long => KqlWriter.Long(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        float or double or decimal => Number(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        _ => null,
    };

    private static string Number(double number) => !double.IsInteger(number) ? KqlWriter.Real(number)
        : Math.Abs(number) <= MaxExact ? KqlWriter.Long((long)number)
        : throw TemplateMistake.Value(string.Create(CultureInfo.InvariantCulture, $"The number {number:R} is too large to be exact; give it the type long."));

    private static string Columns(IList list) => list.Count > 0
        ? string.Join(", ", list.Cast<TypedValue>().Select(column => KqlWriter.Name(column.Text)))
        : throw TemplateMistake.Value("A list of columns must not be empty.");

    private static string List(IEnumerable items) => KqlWriter.List(items.Cast<object?>().Select(item =>
        Plain(item) is { } literal && !literal.StartsWith("real(", StringComparison.Ordinal)
            ? literal
            : throw TemplateMistake.Value("A list may hold texts, whole numbers and booleans only.")));

    private static bool IsColumn(object? value) => value is TypedValue { Type: TypedKind.Column };
}
