using System.Collections.Immutable;

namespace CopilotSentinelKit.Findings.Policy;

/// <summary>A path with <c>*</c> for anything in a name, <c>?</c> for a character and <c>**</c> for any folders. A pattern without a slash is
/// for files of that name in any folder, as in .gitignore.</summary>
internal sealed class PathPattern(string pattern)
{
    private readonly ImmutableArray<Part> _parts = Read(pattern);

    private enum Kind
    {
        /// <summary>One character, itself.</summary>
        Itself,

        /// <summary>One character of a name.</summary>
        Any,

        /// <summary>Any characters of a name, or none.</summary>
        Name,

        /// <summary>Any characters, or none.</summary>
        Path,

        /// <summary>Nothing, which is followed by the part behind the next one, or by the next one.</summary>
        FoldersOrNone,

        /// <summary>Any characters up to a slash.</summary>
        Folders,
    }

    /// <summary>Whether a text is meant as a path and not as an id.</summary>
    public static bool IsPath(string text) => text.AsSpan().ContainsAny("/*?.");

    /// <summary>Whether the path of a file fits.</summary>
    public bool Matches(string path)
    {
        var reached = new bool[_parts.Length + 1];
        Reach(reached, 0);
        foreach (var character in path)
        {
            var next = new bool[_parts.Length + 1];
            for (var i = 0; i < _parts.Length; i++)
            {
                if (reached[i])
                {
                    Step(next, i, character);
                }
            }

            reached = next;
        }

        return reached[^1];
    }

    private void Step(bool[] next, int i, char character)
    {
        switch (_parts[i].Kind)
        {
            case Kind.Itself when _parts[i].Character == character:
            case Kind.Any when character != '/':
            case Kind.Folders when character == '/':
                Reach(next, i + 1);
                break;
        }

        if (_parts[i].Kind is Kind.Path or Kind.Folders || (_parts[i].Kind == Kind.Name && character != '/'))
        {
            Reach(next, i);
        }
    }

    // What may match nothing leads on at once.
    private void Reach(bool[] reached, int i)
    {
        for (; !reached[i]; i++)
        {
            reached[i] = true;
            if (i == _parts.Length || _parts[i].Kind is not (Kind.Name or Kind.Path or Kind.FoldersOrNone))
            {
                return;
            }

            if (_parts[i].Kind == Kind.FoldersOrNone)
            {
                reached[++i] = true;
            }
        }
    }

    private static ImmutableArray<Part> Read(string pattern)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        var rest = pattern.Contains('/', StringComparison.Ordinal) ? pattern.AsSpan() : "**/" + pattern;
        while (!rest.IsEmpty)
        {
            var (read, kinds) = rest switch
            {
                ['*', '*', '/', ..] => (3, (Kind[])[Kind.FoldersOrNone, Kind.Folders]),
                ['*', '*', ..] => (2, [Kind.Path]),
                ['*', ..] => (1, [Kind.Name]),
                ['?', ..] => (1, [Kind.Any]),
                _ => (1, [Kind.Itself]),
            };
            foreach (var kind in kinds)
            {
                parts.Add(new(kind, rest[0]));
            }

            rest = rest[read..];
        }

        return parts.ToImmutable();
    }

    private readonly record struct Part(Kind Kind, char Character);
}
