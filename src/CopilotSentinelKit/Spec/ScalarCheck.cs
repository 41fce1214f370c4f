
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>The check of one scalar against its shape: at most one finding, the one that helps most.</summary>
internal sealed class ScalarCheck(ICollection<Finding> findings, YamlText text, string subject)
{
    /// <summary>Whether it fits.</summary>
    public bool Accepts(Shape shape)
    {
        var finding = shape switch
        {
            TextShape wanted => Text(wanted),
            BooleanShape => Boolean(),
            IntegerShape wanted => Integer(wanted),
            DurationShape => Duration(),
            ChoiceShape wanted => Choice(wanted),
            ScalarShape { Form: { } form } when !form.Matches(text.Value) => SpecFindings.WrongForm(text.FirstLine(), subject, form.Expected, text.Value),
            _ => null,
        };
        if (finding is not null)
        {
            findings.Add(finding);
        }

        return finding is null;
    }

    private Finding? Text(TextShape shape)
    {
        if (string.IsNullOrWhiteSpace(text.Value))
        {
            return SpecFindings.EmptyText(text.FirstLine(), subject);
        }

        if (shape.Form is { } form && !form.Matches(text.Value))
        {
            return SpecFindings.WrongForm(text.FirstLine(), subject, form.Expected, text.Value).FixedBy(InOtherCase(form.Matches));
        }

        if (ScalarValue.IsNumberOrBoolean(text))
        {
            return SpecFindings.QuotesNeeded(text.Span, subject, text.Value);
        }

        // A block scalar's own last line break is no second line.
        var shown = text.Value.AsSpan().TrimEnd('\n');
        foreach (var character in shown)
        {
            if ((char.IsControl(character) || character is '\u2028' or '\u2029') && !(shape.Lines && character is '\n' or '\t'))
            {
                return SpecFindings.CharacterNotAllowed(text.FirstLine(), subject, character);
            }
        }

        return shown.Length > shape.MaxLength
            ? SpecFindings.TextTooLong(text.FirstLine(), subject, shown.Length, shape.MaxLength)
            : null;
    }

    private Finding? Boolean()
    {
        if (ScalarValue.Boolean(text) is not null)
        {
            return null;
        }

        var hint = text.Value.ToUpperInvariant() switch
        {
            "YES" or "ON" or "Y" or "TRUE" or "1" => " Write true.",
            "NO" or "OFF" or "N" or "FALSE" or "0" => " Write false.",
            _ => "",
        };
        return SpecFindings.NotBoolean(text.FirstLine(), subject, text.Value, hint);
    }

    private Finding? Integer(IntegerShape shape)
    {
        if (!ScalarValue.IsInteger(text))
        {
            return SpecFindings.NotInteger(text.FirstLine(), subject, text.Value);
        }

        return ScalarValue.Integer(text) is { } number && number >= shape.Min && number <= shape.Max
            ? null
            : SpecFindings.NumberOutOfRange(text.Span, subject, text.Value, shape.Min, shape.Max);
    }

    private Finding? Duration()
    {
        if (!DurationText.IsShort(text.Value))
        {
            return SpecFindings.NotDuration(text.FirstLine(), subject, text.Value).FixedBy(InOtherCase(DurationText.IsShort));
        }

        return DurationText.ReadShort(text.Value) is null ? SpecFindings.DurationOutOfRange(text.Span, subject, text.Value) : null;
    }

    private TextFix? InOtherCase(Func<string, bool> isRight) =>
        Fixes.LetterCase(text.Span, text.Value, new[] { text.Value.ToUpperInvariant(), text.Value.ToLowerInvariant() }.Where(isRight));

    private Finding? Choice(ChoiceShape shape) => shape.Words.Contains(text.Value)
        ? null
        : SpecFindings.UnknownChoice(text.FirstLine(), subject, text.Value, shape.Words);
}
