using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Content;

/// <summary>ATT&amp;CK tactics (Sentinel's spelling, such as DefenseEvasion) and techniques (T1078, T1078.004).</summary>
public sealed record Attack(ImmutableArray<Spanned<string>> Tactics, ImmutableArray<Spanned<string>> Techniques)
{
    /// <summary>Neither tactic nor technique.</summary>
    public static Attack None { get; } = new([], []);
}

/// <summary>The form in which a piece of content was written.</summary>
public enum ContentOrigin
{
    /// <summary>A spec of this kit.</summary>
    Spec,

    /// <summary>YAML as the Azure-Sentinel repository has it.</summary>
    CommunityYaml,

    /// <summary>A resource of an ARM template.</summary>
    Arm,

    /// <summary>A file of KQL alone.</summary>
    Kql,
}

/// <summary>What every deployable piece of Sentinel content has.</summary>
public abstract record ContentItem
{
    /// <summary>What the name of deprecated content starts with.</summary>
    internal const string DeprecatedMark = "[Deprecated]";

    /// <summary>File name without extension, PascalCase, unique in its kind: CopilotJailbreakAttempt.</summary>
    public required string FileName { get; init; }

    /// <summary>The content's GUID: UUIDv5 of pack, kind and id unless the spec gives one.</summary>
    public required Guid Guid { get; init; }

    /// <summary>The id in the spec.</summary>
    public required Spanned<string> Id { get; init; }

    /// <summary>X.Y.Z.</summary>
    public required Spanned<string> Version { get; init; }

    /// <summary>Name shown in Sentinel.</summary>
    public required Spanned<string> Name { get; init; }

    /// <summary>Description shown in Sentinel.</summary>
    public required Spanned<string> Description { get; init; }

    /// <summary>The file name of content with this id, kebab-case to PascalCase: copilot-jailbreak-attempt to CopilotJailbreakAttempt.</summary>
    internal static string FileNameOf(string id) =>
        string.Concat(id.Split('-').Select(word => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>Whether its name says so, as Microsoft's Sentinel repository marks rules that are about to go.</summary>
    public bool IsDeprecated => Name.Value.Contains(DeprecatedMark, StringComparison.OrdinalIgnoreCase);

    /// <summary>What it was written as.</summary>
    public ContentOrigin Origin { get; init; } = ContentOrigin.Spec;

    /// <summary>Whether query and description are written as they stand, as content of others is.</summary>
    public bool IsVerbatim { get; init; }

    /// <summary>Whether others wrote it, so that what is no more than unusual is forgiven.</summary>
    public bool IsByOthers => Origin != ContentOrigin.Spec || IsVerbatim;

    /// <summary>What its files have beside what the other properties say.</summary>
    public FurtherFields Further { get; init; } = FurtherFields.None;

    /// <summary>What an analyst needs beside the description.</summary>
    public AnalystNotes Notes { get; init; } = AnalystNotes.None;

    /// <summary>Values of its query that each workspace may set for itself.</summary>
    public ImmutableArray<QueryParameter> QueryParameters { get; init; } = [];

    /// <summary>MITRE ATLAS technique ids.</summary>
    public ImmutableArray<Spanned<string>> Atlas { get; init; } = [];

    /// <summary>OWASP LLM Top 10 ids.</summary>
    public ImmutableArray<Spanned<string>> Owasp { get; init; } = [];

    /// <summary>Connectors whose tables the query reads, through parsers; derived by the compiler.</summary>
    public ImmutableArray<RequiredConnector> RequiredConnectors { get; init; } = [];

    /// <summary>Connectors that content of others says it needs, as written; empty where it says nothing.</summary>
    public ImmutableArray<DeclaredConnector> DeclaredConnectors { get; init; } = [];

    /// <summary>The item, needing the connectors that it says it needs where it says so.</summary>
    internal ContentItem WithDeclaredConnectors() => DeclaredConnectors.IsEmpty ? this : this with
    {
        RequiredConnectors = [.. DeclaredConnectors.Select(connector => new RequiredConnector(connector.ConnectorId.Value, [.. connector.DataTypes.Select(type => type.Value)]))],
    };
}

/// <summary>A data connector as content of others names it.</summary>
/// <param name="ConnectorId">Sentinel's connector id.</param>
/// <param name="DataTypes">Tables or other data types that it fills.</param>
public sealed record DeclaredConnector(Spanned<string> ConnectorId, ImmutableArray<Spanned<string>> DataTypes);

/// <summary>A data connector that content needs.</summary>
/// <param name="ConnectorId">Sentinel's connector id, such as MicrosoftCopilot.</param>
/// <param name="DataTypes">Tables, in ordinal order.</param>
public sealed record RequiredConnector(string ConnectorId, ImmutableArray<string> DataTypes);

/// <summary>A hunting query as Sentinel knows it.</summary>
public sealed record HuntingQuery : ContentItem
{
    /// <summary>The KQL it runs.</summary>
    public required Query Query { get; init; }

    /// <summary>ATT&amp;CK tactics and techniques.</summary>
    public required Attack Attack { get; init; }

    /// <summary>Entities of its results.</summary>
    public required ImmutableArray<EntityMapping> Entities { get; init; }
}

/// <summary>A workspace function that normalises records.</summary>
public sealed record ParserFunction : ContentItem
{
    /// <summary>The function's name in KQL.</summary>
    public required string Alias { get; init; }

    /// <summary>Its parameters, all optional.</summary>
    public required ImmutableArray<FunctionParameter> Parameters { get; init; }

    /// <summary>Its parameters as KQL declares them: <c>starttime:datetime=datetime(null), ...</c></summary>
    public string ParameterList => ListOf(Parameters);

    /// <summary>Parameters as KQL declares them.</summary>
    internal static string ListOf(ImmutableArray<FunctionParameter> parameters) =>
        string.Join(", ", parameters.Select(parameter => $"{parameter.Name}:{parameter.Type}={parameter.Default}"));

    /// <summary>The day of its version, as 2026-01-31, or null where nobody says.</summary>
    public string? Updated { get; init; }

    /// <summary>The alias of the watchlist that it does nothing but read, or null.</summary>
    public string? Watchlist { get; init; }

    /// <summary>What it is in ASIM, or null where it is a function of the kit's own.</summary>
    public AsimForm? Asim { get; init; }

    /// <summary>Its body.</summary>
    public required Query Query { get; init; }

    /// <summary>The columns that the mapping says it returns, each with the place of its field.</summary>
    public required ImmutableArray<Spanned<Column>> Columns { get; init; }
}

/// <summary>A watchlist with its typed columns and rows.</summary>
public sealed record Watchlist : ContentItem
{
    /// <summary>The alias that <c>_GetWatchlist</c> takes; also the resource name.</summary>
    public required Spanned<string> Alias { get; init; }

    /// <summary>The name of the resource where a template says another than the alias; else null.</summary>
    public Spanned<string>? ResourceName { get; init; }

    /// <summary>Who provides it.</summary>
    public required string Provider { get; init; }

    /// <summary>The column that <c>SearchKey</c> repeats.</summary>
    public required Spanned<string> SearchKey { get; init; }

    /// <summary>Its columns in file order.</summary>
    public required ImmutableArray<Spanned<Column>> Columns { get; init; }

    /// <summary>Its rows, a value a column, each with the place it was written (the row's, where it was left out).</summary>
    public required ImmutableArray<ImmutableArray<Spanned<string>>> Rows { get; init; }

    /// <summary>Rows in the same form that only show how to fill it in.</summary>
    public ImmutableArray<ImmutableArray<Spanned<string>>> Examples { get; init; } = [];
}
