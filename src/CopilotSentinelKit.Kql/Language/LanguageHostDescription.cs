using System.Collections.Immutable;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>A library of the language host.</summary>
/// <param name="Name">What it calls itself.</param>
/// <param name="Version">Its version.</param>
public sealed record LanguageLibrary(string Name, string Version);

/// <summary>What a language host is.</summary>
/// <param name="Name">"Node.js" or "in process".</param>
/// <param name="Libraries">The libraries that it was built with; empty when they are not there.</param>
/// <param name="Key">Changes whenever its answers could: part of cache keys.</param>
public sealed record LanguageHostDescription(string Name, ImmutableArray<LanguageLibrary> Libraries, string Key);
