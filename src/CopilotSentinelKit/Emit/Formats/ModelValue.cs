using System.Collections;
using System.Globalization;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql.Text;
using Scriban.Runtime;

namespace CopilotSentinelKit.Emit.Formats;

/// <summary>Values of an output file as templates see them, and back.</summary>
internal static class ModelValue
{
    /// <summary>A value for templates. An expression of ARM stays what it is: only a filter knows what it is in another language.</summary>
    public static object Of(OutputNode node) => node switch
    {
        OutputText { Value: var text } => text,
        OutputNumber { Value: var number } => number,
        OutputFlag { Value: var flag } => flag,
        OutputList { Items: var items } => new ScriptArray(items.Select(Of)),
        OutputMap map => Map(map),
        _ => node,
    };

    /// <summary>An object for templates, its members in the order of the map.</summary>
    public static ScriptObject Map(OutputMap map)
    {
        var script = new ScriptObject();
        foreach (var (key, value) in map.Entries)
        {
            script[key] = Of(value);
        }

        return script;
    }

    /// <summary>A value of a template for one of the writers.</summary>
    /// <exception cref="TemplateMistake">It is null, or has no form in a file.</exception>
    public static OutputNode Node(object? value) => value switch
    {
        OutputNode node => node,
        string text => text,
        TypedValue typed => typed.Text,
        bool flag => flag,
        int or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        double number when double.IsInteger(number) && Math.Abs(number) <= KqlFilters.MaxExact => (long)number,
        ScriptObject members => new OutputMap([.. members.Where(member => member.Value is not null).Select(member => (member.Key, Node(member.Value)))]),
        IEnumerable items and not IDictionary => new OutputList([.. items.Cast<object?>().Select(Node)]),
        null => throw TemplateMistake.Value("There is no value here; ask with \"if\" whether there is one."),
        WrittenText => throw TemplateMistake.Value("This is written already; a second filter would change its meaning."),
        _ => throw TemplateMistake.Value("Only texts, whole numbers, booleans, lists and objects can be written."),
    };

    /// <summary>A value that must be a text, a number or a boolean, as text.</summary>
    /// <exception cref="TemplateMistake">It is anything else.</exception>
    public static string Text(object? value) => Node(value) switch
    {
        OutputText { Value: var text } => text,
        OutputNumber { Value: var number } => number.ToString(CultureInfo.InvariantCulture),
        OutputFlag { Value: var flag } => flag ? "true" : "false",
        _ => throw TemplateMistake.Value("This filter writes a text, a number or a boolean; write each item of a list by itself."),
    };

    /// <summary>Text of several lines with spaces before every line but the first; empty lines stay empty.</summary>
    public static string Indented(string text, int indent) =>
        string.Join('\n', text.Split('\n').Select((line, i) => i == 0 || line.Length == 0 ? line : new string(' ', indent) + line));
}
