using System.Collections.Immutable;

namespace CopilotSentinelKit.Spec;

/// <summary>The words that specs use for the values of an enumeration.</summary>
internal sealed class Choices<T>(params ImmutableArray<(string Word, T Value)> choices)
    where T : struct
{
    /// <summary>All words, with what they stand for.</summary>
    public ImmutableArray<(string Word, T Value)> All => choices;

    /// <summary>The shape that takes these words.</summary>
    public ChoiceShape Shape { get; } = new([.. choices.Select(choice => choice.Word)]);

    /// <summary>The value of a word, or null.</summary>
    public T? Find(string word)
    {
        foreach (var (candidate, value) in choices)
        {
            if (candidate == word)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The first word of a value.</summary>
    public string Word(T value) => choices.First(choice => EqualityComparer<T>.Default.Equals(choice.Value, value)).Word;
}
