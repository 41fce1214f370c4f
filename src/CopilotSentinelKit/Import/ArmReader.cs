using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Diagnostics;

namespace CopilotSentinelKit.Import;

/// <summary>An ARM template to content.</summary>
public static class ArmReader
{
    /// <summary>The content of a template; nothing where the file is none.</summary>
    public static ImmutableArray<ContentItem> Read(SourceFile source, ICollection<Diagnostic> findings) => [];
}
