using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Kql.Text.UserText;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings of the import of content (CSK0920 to CSK0929).</summary>
internal static class ImportFindings
{
    public static Finding Changed(SourceSpan span, string field) => Finding.Warning("CSK0920", span,
        $"What {Shown(field)} says here has no place in a spec, so what is written from the spec differs. Compare the two, and correct it here or in the spec.");

    public static Finding NotKnown(SourceSpan span, string field) => Finding.Warning("CSK0921", span,
        $"Only a deployment knows the value of {Shown(field)}, so the spec has none. Write the value that you deploy into the spec.");

    public static Finding NotTaken(SourceSpan span, string name, string reason) => Finding.Error("CSK0922", span,
        $"{Shown(name)} was not imported: {reason} Correct it and import it again; what was imported stays.");

    public static Finding SameGuid(SourceSpan span, string name, string guid, SourceSpan first) => Finding.Error("CSK0923", span,
        $"{Shown(name)} was not imported: its GUID {guid} is that of {Shown(first.File.Path)} too, and one of them would overwrite the other. If both are to stay, give one a new GUID and import it again.")
        .With(first, "imported from here");

    public static Finding NoGuid(SourceSpan span, string name) => Finding.Information("CSK0924", span,
        $"{Shown(name)} has no GUID, so csk makes one of the spec's id. If it is deployed already, write its GUID into the spec as \"guid\", or it will be there twice.");

    public static Finding NoPlace(SourceSpan span, string name, string form, IEnumerable<string> fields) => Finding.Warning("CSK0926", span,
        $"{form} has no place for {string.Join(", ", fields.Select(Shown))} of {Shown(name)}, so that is left out. Keep this file too, or import it with \"csk import\": a spec keeps it.");

    public static Finding NoDescription(SourceSpan span, string name) => Finding.Information("CSK0925", span,
        $"{Shown(name)} has no description, which a spec needs; its name stands there. Write what it finds and why that matters.");
}
