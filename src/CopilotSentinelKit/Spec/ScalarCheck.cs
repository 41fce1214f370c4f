using CopilotSentinelKit.Diagnostics;

namespace CopilotSentinelKit.Spec;

/// <summary>The check of one scalar against its shape: at most one finding, the one that helps most.</summary>
internal sealed class ScalarCheck(ICollection<Diagnostic> findings, YamlText text, string subject)
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
            ScalarShape { Form: { } form } when !form.Matches(text.Value) => SpecDiagnostics.WrongForm(text.FirstLine(), subject, form.Expected, text.Value),
            _ => null,
        };
        if (finding is not null)
        {
            findings.Add(finding);
        }

        return finding is null;
    }

    private Diagnostic? Text(TextShape shape)
    {
        if (string.IsNullOrWhiteSpace(text.Value))
        {
            return SpecDiagnostics.EmptyText(text.FirstLine(), subject);
        }

        if (shape.Form is { } form && !form.Matches(text.Value))
        {
            return SpecDiagnostics.WrongForm(text.FirstLine(), subject, form.Expected, text.Value).FixedBy(InOtherCase(form.Matches));
        }

        if (ScalarValue.IsNumberOrBoolean(text))
        {
            return SpecDiagnostics.QuotesNeeded(text.Span, subject, text.Value);
        }

        // A block scalar's own last line break is no second line.
        var shown = text.Value.AsSpan().TrimEnd('\n');
        foreach (var character in shown)
        {
            if ((char.IsControl(character) || character is '\u2028' or '\u2029') && !(shape.Lines && character is '\n' or '\t'))
            {
                return SpecDiagnostics.CharacterNotAllowed(text.FirstLine(), subject, character);
            }
        }

        return shown.Length > shape.MaxLength
            ? SpecDiagnostics.TextTooLong(text.FirstLine(), subject, shown.Length, shape.MaxLength)
            : null;
    }

    private Diagnostic? Boolean()
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
        return SpecDiagnostics.NotBoolean(text.FirstLine(), subject, text.Value, hint);
    }

    private Diagnostic? Integer(IntegerShape shape)
    {
        if (!ScalarValue.IsInteger(text))
        {
            return SpecDiagnostics.NotInteger(text.FirstLine(), subject, text.Value);
        }

        return ScalarValue.Integer(text) is { } number && number >= shape.Min && number <= shape.Max
            ? null
            : SpecDiagnostics.NumberOutOfRange(text.Span, subject, text.Value, shape.Min, shape.Max);
    }

    private Diagnostic? Duration()
    {
        if (!ScalarValue.IsDuration(text.Value))
        {
            return SpecDiagnostics.NotDuration(text.FirstLine(), subject, text.Value).FixedBy(InOtherCase(ScalarValue.IsDuration));
        }

        return ScalarValue.Duration(text.Value) is null ? SpecDiagnostics.DurationOutOfRange(text.Span, subject, text.Value) : null;
    }

    private TextFix? InOtherCase(Func<string, bool> isRight) =>
        Fixes.LetterCase(text.Span, text.Value, new[] { text.Value.ToUpperInvariant(), text.Value.ToLowerInvariant() }.Where(isRight));

    private Diagnostic? Choice(ChoiceShape shape) => shape.Words.Contains(text.Value)
        ? null
        : SpecDiagnostics.UnknownChoice(text.FirstLine(), subject, text.Value, shape.Words);
}
