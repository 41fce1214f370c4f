using System.Collections.Immutable;
using Scriban.Runtime;

namespace CopilotSentinelKit.Emit.Formats;

/// <summary>A thing that templates of output can name: its members, in the order in which the reference lists them.</summary>
/// <param name="Name">What the reference calls it: rule, parser, ...</param>
/// <param name="Members">What it has.</param>
internal sealed record ModelShape<T>(string Name, params ImmutableArray<ModelMember<T>> Members) : IModelShape
{
    /// <inheritdoc/>
    public IEnumerable<(string Name, string Type, string Description)> Rows => Members.Select(member => (member.Name, member.Type, member.Description));

    /// <summary>A thing as templates see it.</summary>
    public ScriptObject Of(T thing)
    {
        var script = new ScriptObject();
        foreach (var member in Members)
        {
            script[member.Name] = member.Read(thing);
        }

        return script;
    }

    /// <summary>A list of things as templates see them.</summary>
    public ScriptArray Of(IEnumerable<T> things) => [.. things.Select(Of)];
}

/// <summary>A member of a thing.</summary>
/// <param name="Name">Its name in a template.</param>
/// <param name="Type">What it holds: text, number, bool, list of text, or the name of another thing.</param>
/// <param name="Description">A sentence for the reference.</param>
/// <param name="Read">Reads it: null, text, bool, whole number, list or object of Scriban, <see cref="Kql.Text.ArmExpression"/>.</param>
internal sealed record ModelMember<T>(string Name, string Type, string Description, Func<T, object?> Read);

/// <summary>What the reference says of a thing.</summary>
internal interface IModelShape
{
    /// <summary>What the reference calls it.</summary>
    string Name { get; }

    /// <summary>A row for each member.</summary>
    IEnumerable<(string Name, string Type, string Description)> Rows { get; }
}
