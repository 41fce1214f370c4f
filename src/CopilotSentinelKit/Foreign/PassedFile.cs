namespace CopilotSentinelKit.Foreign;

/// <summary>Why a file was passed over.</summary>
public enum PassedReason
{
    /// <summary>Nothing of Sentinel's is in it: a pipeline, a settings file.</summary>
    Other,

    /// <summary>A spec of this kit.</summary>
    Spec,

    /// <summary>Text or Markdown without a query.</summary>
    NoQuery,

    /// <summary>A README or a template, whose queries are examples.</summary>
    Example,

    /// <summary>A playbook or another ARM template without content that has a query.</summary>
    Template,

    /// <summary>The page of a connector, or metadata of a solution or a gallery.</summary>
    Metadata,

    /// <summary>Bicep, which becomes JSON by its own compiler.</summary>
    Bicep,

    /// <summary>Terraform.</summary>
    Terraform,

    /// <summary>A Sigma rule, whose fields and values are no KQL.</summary>
    Sigma,

    /// <summary>A query with gaps that only its reader fills in, such as <c>{days}</c>.</summary>
    Gaps,

    /// <summary>JSON that is larger than what is read.</summary>
    TooLarge,
}

/// <summary>A file in which nothing was checked.</summary>
/// <param name="Path">The path as shown in findings.</param>
/// <param name="Reason">Why.</param>
public sealed record PassedFile(string Path, PassedReason Reason)
{
    /// <summary>What such files are called, and what makes them checkable where something does.</summary>
    public static string Describe(PassedReason reason) => reason switch
    {
        PassedReason.Spec => "spec of the kit (\"csk check\" without a path checks those)",
        PassedReason.NoQuery => "text without a query",
        PassedReason.Example => "README or template",
        PassedReason.Template => "ARM template without content",
        PassedReason.Metadata => "connector page or metadata",
        PassedReason.Bicep => "Bicep file (\"az bicep build\" makes JSON of it, which is read)",
        PassedReason.Terraform => "Terraform file (not read)",
        PassedReason.Sigma => "Sigma rule (pySigma's Kusto backend makes KQL of it)",
        PassedReason.Gaps => "query with gaps to fill in",
        PassedReason.TooLarge => "too large",
        _ => "of another kind",
    };
}
