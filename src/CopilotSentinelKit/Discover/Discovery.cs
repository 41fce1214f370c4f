using System.Collections.Immutable;

namespace CopilotSentinelKit.Discover;

/// <summary>What audit records have that the mapping does not expect. It holds no value of a record but codes that are on no list.</summary>
/// <param name="Records">How many records were read.</param>
/// <param name="Unknown">Members that no field reads.</param>
/// <param name="Disagreeing">Members whose value has another type than the field that reads them.</param>
/// <param name="OutsideList">Codes for which the field that reads them has no name.</param>
/// <param name="NeverSeen">Fields that are read from records and that none of these had.</param>
public sealed record Discovery(
    long Records,
    ImmutableArray<SeenMember> Unknown,
    ImmutableArray<SeenMember> Disagreeing,
    ImmutableArray<SeenMember> OutsideList,
    ImmutableArray<string> NeverSeen);

/// <summary>A member that was seen.</summary>
/// <param name="Path">Names joined by dots; [] behind a name stands for each element of a list.</param>
/// <param name="Count">In how many records.</param>
/// <param name="What">Its types, such as "text, list"; for a code on no list the code.</param>
/// <param name="Field">The field that reads it, or null.</param>
/// <param name="File">Where it was first seen.</param>
/// <param name="Line">The line there, from 1.</param>
public sealed record SeenMember(string Path, long Count, string What, string? Field, string File, long Line);
