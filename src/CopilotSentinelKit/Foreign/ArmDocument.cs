using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>An ARM template as a person wrote it, for checks of what is deployed around its content.</summary>
/// <param name="Source">The file.</param>
/// <param name="Root">Its JSON.</param>
/// <param name="Resources">All its resources, nested and packaged ones too.</param>
internal sealed record ArmDocument(SourceFile Source, YamlMap Root, ImmutableArray<ArmResource> Resources);
