using FsCheck;
using FsCheck.Fluent;

namespace CopilotSentinelKit.Tests.Support;

/// <summary>Texts with a few parts cut out and other pieces put in: input that is nearly right.</summary>
internal static class TextMutations
{
    /// <summary>Mutations of samples.</summary>
    /// <param name="samples">The texts.</param>
    /// <param name="pieces">What is put in.</param>
    public static Gen<string> Of(string[] samples, string[] pieces) =>
        from sample in Gen.Elements(samples)
        from count in Gen.Choose(1, 4)
        from edits in Edits(pieces).ListOf(count)
        select edits.Aggregate(sample, Apply);

    private static Gen<(int Place, int Cut, string Piece)> Edits(string[] pieces) =>
        from place in Gen.Choose(0, 10_000)
        from cut in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 30)))
        from piece in Gen.Elements(pieces)
        select (place, cut, piece);

    private static string Apply(string text, (int Place, int Cut, string Piece) edit)
    {
        var place = edit.Place % (text.Length + 1);
        return text.Remove(place, Math.Min(edit.Cut, text.Length - place)).Insert(place, edit.Piece);
    }
}
