using System.Collections.Immutable;

namespace CopilotSentinelKit.Kql.Evaluate.Matching;

/// <summary>What a step of a program does.</summary>
internal enum StepKind
{
    /// <summary>Reads a character of a set.</summary>
    Read,

    /// <summary>Goes on at two steps, the first being better.</summary>
    Split,

    /// <summary>Goes on at another step.</summary>
    Jump,

    /// <summary>Goes on if the place is such a one.</summary>
    Check,

    /// <summary>Notes where a group begins or ends.</summary>
    Note,

    /// <summary>Has matched.</summary>
    Match,
}

/// <summary>A step; <see cref="First"/> and <see cref="Second"/> are where it goes on, or the number of a note.</summary>
internal readonly record struct Step(StepKind Kind, int First = 0, int Second = 0, CharacterSet? Set = null, Place? Place = null);

/// <summary>A regular expression as steps for a machine that follows all ways at once.</summary>
internal sealed class PatternProgram
{
    private const int MostSteps = 200_000;
    private readonly List<Step> _steps = [];

    /// <exception cref="PatternException">It is too large.</exception>
    public static ImmutableArray<Step> Of(PatternNode tree)
    {
        var program = new PatternProgram();
        program.Add(new Step(StepKind.Note, 0));
        program.Add(tree);
        program.Add(new Step(StepKind.Note, 1));
        program.Add(new Step(StepKind.Match));
        return [.. program._steps];
    }

    private int Add(Step step)
    {
        _steps.Add(_steps.Count < MostSteps ? step : throw new PatternException("it is too large"));
        return _steps.Count - 1;
    }

    private void Add(PatternNode node)
    {
        switch (node)
        {
            case Character character:
                Add(new Step(StepKind.Read, Set: character.Set));
                break;
            case Place place:
                Add(new Step(StepKind.Check, Place: place));
                break;
            case Capture capture:
                Add(new Step(StepKind.Note, 2 * capture.Number));
                Add(capture.Inner);
                Add(new Step(StepKind.Note, (2 * capture.Number) + 1));
                break;
            case Sequence sequence:
                foreach (var part in sequence.Parts)
                {
                    Add(part);
                }

                break;
            case Choice choice:
                AddChoice(choice.Parts);
                break;
            case Repetition repetition:
                AddRepetition(repetition);
                break;
        }
    }

    private void AddChoice(ImmutableArray<PatternNode> parts)
    {
        var ends = new List<int>();
        for (var i = 0; i < parts.Length; i++)
        {
            var split = i + 1 < parts.Length ? Add(new Step(StepKind.Split)) : -1;
            Add(parts[i]);
            if (split >= 0)
            {
                ends.Add(Add(new Step(StepKind.Jump)));
                _steps[split] = new(StepKind.Split, split + 1, _steps.Count);
            }
        }

        foreach (var end in ends)
        {
            _steps[end] = new(StepKind.Jump, _steps.Count);
        }
    }

    private void AddRepetition(Repetition repetition)
    {
        for (var i = 0; i < repetition.Least; i++)
        {
            Add(repetition.Inner);
        }

        if (repetition.Most is { } most)
        {
            var splits = new List<int>();
            for (var i = repetition.Least; i < most; i++)
            {
                splits.Add(Add(new Step(StepKind.Split)));
                Add(repetition.Inner);
            }

            foreach (var split in splits)
            {
                SetSplit(split, split + 1, _steps.Count, repetition.IsLazy);
            }

            return;
        }

        // What can be empty is tried once outside the loop, so that a loop that reads nothing does not hide its groups.
        var outer = repetition.Inner.CanBeEmpty ? Add(new Step(StepKind.Split)) : -1;
        var start = _steps.Count;
        if (outer < 0)
        {
            var loop = Add(new Step(StepKind.Split));
            Add(repetition.Inner);
            Add(new Step(StepKind.Jump, loop));
            SetSplit(loop, loop + 1, _steps.Count, repetition.IsLazy);
            return;
        }

        Add(repetition.Inner);
        var again = Add(new Step(StepKind.Split));
        SetSplit(again, start, _steps.Count, repetition.IsLazy);
        SetSplit(outer, start, _steps.Count, repetition.IsLazy);
    }

    private void SetSplit(int split, int inside, int outside, bool isLazy) =>
        _steps[split] = isLazy ? new(StepKind.Split, outside, inside) : new(StepKind.Split, inside, outside);
}
