using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Kql.Text.UserText;


namespace CopilotSentinelKit.Findings;

/// <summary>Findings about names in a query that only the workspace it runs in may know (CSK0840 to CSK0849).</summary>
internal static class WorkspaceFindings
{
    public static Finding UnknownTable(SourceSpan span, string name) => Finding.Warning("CSK0840", span,
        $"{Shown(name)} is no table of Microsoft's, and nothing here declares it, so its columns are not checked. If your workspace has it, declare it in kit.yaml: \"tables: {{ {name}: {{ TimeGenerated: datetime }} }}\" with all its columns, or under \"functions\" if it is one.");

    public static Finding UnknownFunction(SourceSpan span, string name) => Finding.Warning("CSK0841", span,
        $"The function {Shown(name)} is not known, so what it returns is not checked. Check its parser's file in the same run, or declare it in kit.yaml: \"functions: {{ {name}: {{ columns: {{ TimeGenerated: datetime }} }} }}\", or with \"returns: bool\" in place of the columns if it gives one value.");

    public static Finding MisspeltName(SourceSpan span, string name, string near) => Finding.Error("CSK0842", span,
        $"There is no table or function {Shown(name)}. Did you mean \"{near}\"? If it is your own, declare it in kit.yaml under \"tables\" or \"functions\".");

    public static Finding DefenderTable(SourceSpan span, string name) => Finding.Warning("CSK0843", span,
        $"\"{name}\" is a table of Defender XDR's advanced hunting that Microsoft's documentation does not list for Sentinel's workspace. If your workspace has it, declare it in kit.yaml under \"tables\".");

    public static Finding WorkspaceParser(SourceSpan span, string name, string builtIn) => Finding.Information("CSK0844", span,
        $"\"{name}\" is an ASIM parser that has to be deployed to the workspace. Deploy it, or call the built-in {builtIn}, which every workspace has.");

    public static Finding MisspeltInUnion(SourceSpan span, string name, string near) => Finding.Warning("CSK0845", span,
        $"There is no table {Shown(name)}, and the union passes over it without a word. Did you mean \"{near}\"? If it is your own, declare it in kit.yaml under \"tables\".");

    public static Finding DefenderColumn(SourceSpan span, string column, string table) => Finding.Warning("CSK0847", span,
        $"\"{column}\" is a column of {table} in Defender XDR; Sentinel's table of that name is documented without it. Use Sentinel's column, or declare the table in kit.yaml if your workspace has it.");

    public static Finding CustomColumn(SourceSpan span, string column) => Finding.Warning("CSK0846", span,
        $"\"{column}\" is no column that Microsoft documents for this table; by its ending it is one that your workspace added. If so, declare the table with it in kit.yaml under \"tables\".");
}
