using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Simulate;

/// <summary>The values that parameters of a workbook have, and how they stand in its queries and titles, as the portal puts them there.</summary>
/// <param name="To">The end of every time range, UTC.</param>
/// <param name="Spans">Parameters of time and how long they are.</param>
/// <param name="Texts">All others and their values.</param>
internal sealed record WorkbookValues(DateTime To, ImmutableDictionary<string, TimeSpan> Spans, ImmutableDictionary<string, WorkbookValue> Texts)
{
    private const string All = "*";

    /// <summary>The values at first: defaults, "all" where that can be chosen. What a query or a chosen row gives is missing.</summary>
    public static WorkbookValues Of(Workbook workbook, DateTime to)
    {
        var time = workbook.Parameters.OfType<TimeRangeParameter<WorkbookQuery>>().ToImmutableDictionary(range => range.Name.Value, range => range.Default.Value, StringComparer.Ordinal);
        var texts = ImmutableDictionary.CreateBuilder<string, WorkbookValue>(StringComparer.Ordinal);
        foreach (var parameter in workbook.Parameters)
        {
            switch (parameter)
            {
                case TextParameter<WorkbookQuery> text:
                    texts[text.Name.Value] = new(text.Default, IsQuoted: false);
                    break;
                case DropdownParameter<WorkbookQuery> { All: true } list:
                    texts[list.Name.Value] = new(All, list.Multiple);
                    break;
                case DropdownParameter<WorkbookQuery> { Query: null } list:
                    texts[list.Name.Value] = new(list.Default?.Value ?? list.Values[0].Value.Value, list.Multiple);
                    break;
            }
        }

        return new(to, time, texts.ToImmutable());
    }

    /// <summary>Whether a value is there for everything that a text names.</summary>
    public bool Has(IEnumerable<ParameterReference> references) => references.All(reference => Spans.ContainsKey(reference.Name) || Texts.ContainsKey(reference.Name));

    /// <summary>The same with a text.</summary>
    public WorkbookValues With(string name, string value, bool isQuoted = false) => this with { Texts = Texts.SetItem(name, new(value, isQuoted)) };

    /// <summary>A text with the values that it names.</summary>
    public string In(string text)
    {
        var whole = new StringBuilder();
        var copied = 0;
        foreach (var reference in ParameterReference.In(text))
        {
            whole.Append(text, copied, reference.Start - copied).Append(Of(reference) ?? text.Substring(reference.Start, reference.Length));
            copied = reference.Start + reference.Length;
        }

        return whole.Append(text, copied, text.Length - copied).ToString();
    }

    private string? Of(ParameterReference reference) =>
        Spans.TryGetValue(reference.Name, out var span) ? OfTime(span, reference.Format)
        : !Texts.TryGetValue(reference.Name, out var value) ? null
        : reference.Format switch
        {
            "label" => value.Text == All ? "all" : value.Text,
            "escapejson" => value.Text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal),
            "base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(value.Text)),
            _ => value.IsQuoted ? KqlWriter.Text(value.Text) : value.Text,
        };

    private string OfTime(TimeSpan span, string format)
    {
        var start = To - span;
        return format switch
        {
            "start" => KqlWriter.Datetime(Iso(start)),
            "end" => KqlWriter.Datetime(Iso(To)),
            "grain" => KqlWriter.Timespan(DurationText.Short(Grain(span))),
            "startISO" => Iso(start),
            "endISO" => Iso(To),
            "label" => string.Create(CultureInfo.InvariantCulture, $"{start:yyyy-MM-dd HH:mm} to {To:yyyy-MM-dd HH:mm} UTC"),
            _ => $"between ({KqlWriter.Datetime(Iso(start))} .. {KqlWriter.Datetime(Iso(To))})",
        };
    }

    // The portal's own choice is not documented: about as many points as a chart of its width can tell apart.
    private static TimeSpan Grain(TimeSpan span) => span switch
    {
        { TotalHours: <= 4 } => TimeSpan.FromMinutes(5),
        { TotalDays: <= 1 } => TimeSpan.FromMinutes(30),
        { TotalDays: <= 3 } => TimeSpan.FromHours(1),
        { TotalDays: <= 14 } => TimeSpan.FromHours(6),
        _ => TimeSpan.FromDays(1),
    };

    private static string Iso(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>The value of a parameter.</summary>
/// <param name="Text">The value.</param>
/// <param name="IsQuoted">Whether KQL gets it between quotes.</param>
internal sealed record WorkbookValue(string Text, bool IsQuoted);
