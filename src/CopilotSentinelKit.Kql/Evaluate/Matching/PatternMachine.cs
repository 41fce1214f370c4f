using System.Collections.Immutable;
using System.Text;

namespace CopilotSentinelKit.Kql.Evaluate.Matching;

/// <summary>Runs a program over a text, all ways at once and the better ones first, so that the time grows with the text and not with its ways.</summary>
internal sealed class PatternMachine(ImmutableArray<Step> steps, int noteCount)
{
    private const int Unset = -1;

    private sealed class Ways(int capacity)
    {
        private readonly int[] _sparse = new int[capacity];
        private readonly int[] _dense = new int[capacity];

        public int[][] Notes { get; } = new int[capacity][];

        public int Count { get; private set; }

        public int this[int index] => _dense[index];

        public void Clear() => Count = 0;

        public bool TryAdd(int step)
        {
            var place = _sparse[step];
            if (place < Count && _dense[place] == step)
            {
                return false;
            }

            _sparse[step] = Count;
            _dense[Count++] = step;
            return true;
        }
    }

    /// <summary>The places of the leftmost match and its groups, a start and an end for each, -1 where a group took no part; null when there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the match may begin.</param>
    public int[]? Find(string text, int start)
    {
        var (current, next) = (new Ways(steps.Length), new Ways(steps.Length));
        var pending = new Stack<(int Step, int[] Notes)>();
        int[]? found = null;
        var before = CodeBefore(text, start);
        for (var at = start; ;)
        {
            var code = CodeAt(text, at, out var length);
            if (found is null)
            {
                Follow(current, 0, Enumerable.Repeat(Unset, noteCount).ToArray(), at, before, code, pending);
            }

            if (current.Count == 0)
            {
                return found;
            }

            next.Clear();
            var after = CodeAt(text, at + length, out _);
            for (var i = 0; i < current.Count; i++)
            {
                var step = steps[current[i]];
                if (step.Kind == StepKind.Match)
                {
                    found = current.Notes[i];
                    break;
                }

                if (step.Kind == StepKind.Read && length > 0 && step.Set!.Contains(code))
                {
                    Follow(next, current[i] + 1, current.Notes[i], at + length, code, after, pending);
                }
            }

            if (length == 0)
            {
                return found;
            }

            (current, next) = (next, current);
            (before, at) = (code, at + length);
        }
    }

    private void Follow(Ways ways, int first, int[] notes, int at, int before, int after, Stack<(int Step, int[] Notes)> pending)
    {
        pending.Push((first, notes));
        while (pending.TryPop(out var way))
        {
            if (!ways.TryAdd(way.Step))
            {
                continue;
            }

            ways.Notes[ways.Count - 1] = way.Notes;
            var step = steps[way.Step];
            switch (step.Kind)
            {
                case StepKind.Jump:
                    pending.Push((step.First, way.Notes));
                    break;
                case StepKind.Split:
                    pending.Push((step.Second, way.Notes));
                    pending.Push((step.First, way.Notes));
                    break;
                case StepKind.Check when step.Place!.IsAt(before, after):
                    pending.Push((way.Step + 1, way.Notes));
                    break;
                case StepKind.Note:
                    int[] noted = [.. way.Notes];
                    noted[step.First] = at;
                    pending.Push((way.Step + 1, noted));
                    break;
            }
        }
    }

    private static int CodeAt(string text, int at, out int length)
    {
        if (at >= text.Length)
        {
            length = 0;
            return -1;
        }

        length = Rune.TryGetRuneAt(text, at, out var rune) ? rune.Utf16SequenceLength : 1;
        return length == 2 ? rune.Value : text[at];
    }

    private static int CodeBefore(string text, int at) =>
        at == 0 ? -1 : at > 1 && char.IsSurrogatePair(text[at - 2], text[at - 1]) ? char.ConvertToUtf32(text[at - 2], text[at - 1]) : text[at - 1];
}
