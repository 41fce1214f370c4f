using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace CopilotSentinelKit.Content;

/// <summary>A part of an expression of Azure Resource Manager, read: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions.</summary>
/// <param name="Start">Where it starts in the text that was read.</param>
/// <param name="End">Where it ends.</param>
internal abstract record ArmCode(int Start, int End)
{
    /// <summary>Deep enough for what people write, and not for what would exhaust the stack.</summary>
    private const int MaxDepth = 64;

    /// <summary>Reads an expression without its brackets; null when it is none.</summary>
    public static ArmCode? Read(string text) => Read(text, 0, text.Length);

    /// <summary>Reads the expression between two places of a text; null when there is none.</summary>
    public static ArmCode? Read(string text, int start, int end)
    {
        var reader = new Reader(text, start, end);
        return reader.Whole();
    }

    private sealed class Reader(string text, int start, int end)
    {
        private int _at = start;
        private int _depth;

        public ArmCode? Whole() => Value() is { } code && Skip() == '\0' && _at == end ? code : null;

        // The next character behind white space; '\0' at the end.
        private char Skip()
        {
            while (_at < end && char.IsWhiteSpace(text[_at]))
            {
                _at++;
            }

            return _at < end ? text[_at] : '\0';
        }

        private ArmCode? Value()
        {
            if (++_depth > MaxDepth)
            {
                return null;
            }

            ArmCode? code = Skip() switch
            {
                '\'' => Text(),
                '-' or (>= '0' and <= '9') => Number(),
                (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => Call(),
                _ => null,
            };
            for (var next = code is null ? '\0' : Skip(); next is '.' or '['; next = Skip())
            {
                code = next == '.' ? Member(code!) : Item(code!);
                if (code is null)
                {
                    break;
                }
            }

            _depth--;
            return code;
        }

        private ArmText? Text()
        {
            var from = _at++;
            var value = new StringBuilder();
            var places = ImmutableArray.CreateBuilder<int>();
            while (_at < end)
            {
                if (text[_at] == '\'')
                {
                    if (_at + 1 >= end || text[_at + 1] != '\'')
                    {
                        _at++;
                        return new(value.ToString(), places.ToImmutable(), from, _at);
                    }

                    places.Add(value.Length);
                    _at++;
                }

                value.Append(text[_at++]);
            }

            return null;
        }

        private ArmNumber? Number()
        {
            var from = _at++;
            while (_at < end && char.IsAsciiDigit(text[_at]))
            {
                _at++;
            }

            return long.TryParse(text.AsSpan(from, _at - from), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? new(value, from, _at) : null;
        }

        private ArmCall? Call()
        {
            var from = _at;
            if (Name() is not { } name || Skip() != '(')
            {
                return null;
            }

            _at++;
            var arguments = ImmutableArray.CreateBuilder<ArmCode>();
            if (Skip() != ')')
            {
                do
                {
                    if (Value() is not { } argument)
                    {
                        return null;
                    }

                    arguments.Add(argument);
                }
                while (Skip() == ',' && _at++ < end);
            }

            return Skip() == ')' && ++_at <= end ? new(name, arguments.DrainToImmutable(), from, _at) : null;
        }

        private ArmMember? Member(ArmCode of)
        {
            _at++;
            return Name() is { } name ? new(of, new ArmText(name, [], _at - name.Length, _at), of.Start, _at) : null;
        }

        private ArmMember? Item(ArmCode of)
        {
            _at++;
            return Value() is { } key && Skip() == ']' && ++_at <= end ? new(of, key, of.Start, _at) : null;
        }

        private string? Name()
        {
            var from = _at;
            while (_at < end && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_'))
            {
                _at++;
            }

            return _at > from ? text[from.._at] : null;
        }
    }
}

/// <summary>A text between apostrophes.</summary>
/// <param name="Value">What it says: an apostrophe where two are written.</param>
/// <param name="Doubled">Offsets of those apostrophes in the value.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends.</param>
internal sealed record ArmText(string Value, ImmutableArray<int> Doubled, int Start, int End) : ArmCode(Start, End)
{
    /// <summary>Where a character of the value is written.</summary>
    public int PlaceOf(int offset) => Start + 1 + offset + Doubled.Count(place => place < offset);
}

/// <summary>A whole number.</summary>
internal sealed record ArmNumber(long Value, int Start, int End) : ArmCode(Start, End);

/// <summary>A call of a function.</summary>
internal sealed record ArmCall(string Name, ImmutableArray<ArmCode> Arguments, int Start, int End) : ArmCode(Start, End)
{
    /// <summary>Whether it calls a function, in any letter case.</summary>
    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A member of an object: <c>x.name</c> or <c>x['name']</c>.</summary>
internal sealed record ArmMember(ArmCode Of, ArmCode Key, int Start, int End) : ArmCode(Start, End);
