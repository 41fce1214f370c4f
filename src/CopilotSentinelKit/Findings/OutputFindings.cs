using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about the output folder and its lock file, CSK06xx.</summary>
internal static class OutputFindings
{
    public static Finding LockDamaged(SourceSpan span, string reason) => Finding.Error(
        "CSK0601",
        span,
        $"The lock file cannot be read: {reason} Restore it from version control (after a merge, take either side as it was), or pass --overwrite to write every file anew.");

    public static Finding LockTooNew(SourceSpan span, int version, int known) => Finding.Error(
        "CSK0602",
        span,
        FormattableString.Invariant($"The lock file has format {version}, and this version of the kit knows format {known} at most. Use the newer kit that wrote it."));

    public static Finding LockPathUnsafe(SourceSpan span, string path) => Finding.Warning(
        "CSK0603",
        span,
        $"The lock file names \"{path}\", which is not a path inside the output folder. The kit never wrote it; the entry is ignored and no file there is touched. Find out who changed the lock file.");

    public static Finding StaleFileEdited(SourceSpan span) => Finding.Warning(
        "CSK0604",
        span,
        "This file is no longer generated, but it was edited by hand since the kit wrote it, so it is kept. Move the change into the YAML, or delete the file.");

    public static Finding EditedFileInTheWay(SourceSpan span) => Finding.Error(
        "CSK0605",
        span,
        "This generated file was edited by hand since the kit wrote it, and writing it now would lose the edit. Move the change into the YAML, restore the file from version control, or pass --overwrite.");

    public static Finding ForeignFileInTheWay(SourceSpan span) => Finding.Error(
        "CSK0606",
        span,
        "The kit generates a file of this name, but the one that is there was not written by it. Move that file elsewhere, choose another output folder, or pass --overwrite.");

    // A warning: a deployment updates the rule whatever its version says, so nothing is lost; and a change in kit.yaml or in a template
    // changes content whose version is not the project's to raise.
    public static Finding VersionDidNotRise(SourceSpan span, string kind, string id, string version) => Finding.Warning(
        "CSK0607",
        span,
        $"{kind} \"{id}\" changed, but its version is still {version}. Raise the version, so that people and Content Hub see that it changed.");

    public static Finding VersionWentDown(SourceSpan span, string id, string from, string to) => Finding.Warning(
        "CSK0608",
        span,
        $"The version of \"{id}\" went down from {from} to {to}. Give it a version above {from}.");

    public static Finding SamePath(SourceSpan span, string path, string other) => Finding.Error(
        "CSK0609",
        span,
        $"This would be written to \"{path}\", which Windows and macOS take for the same file as \"{other}\". Rename one of the two ids.");

    public static Finding LinkInTheWay(SourceSpan span, string link) => Finding.Error(
        "CSK0610",
        span,
        $"\"{link}\" is a symbolic link, and following it could write outside the output folder. Replace the link by a real folder or file.");

    public static Finding CannotRead(SourceSpan span, string reason) => Finding.Error(
        "CSK0611",
        span,
        $"This output file cannot be read: {reason} Make it readable or remove it, and run again.");

    public static Finding CannotWrite(SourceSpan span, string reason) => Finding.Error(
        "CSK0612",
        span,
        $"The output cannot be written: {reason} Make the place writable, and run again; a run that was cut short is completed then.");

    public static Finding GuidChanged(SourceSpan span, string kind, string id, Guid from, Guid to) => Finding.Warning(
        "CSK0613",
        span,
        $"The GUID of {kind} \"{id}\" changed from {from} to {to}. What was deployed under the old one stays in the workspace beside the new one: delete it there, or give the spec \"guid: {from}\".");

    public static Finding ContentRemoved(SourceSpan span, string kind, string id, Guid guid) => new(
        "CSK0614",
        FindingSeverity.Information,
        span,
        $"{kind} \"{id}\" is no longer generated. A deployment deletes nothing: if it was deployed, it goes on in the workspace until {guid} is deleted there. To switch a rule off by a deployment, keep it one release longer with \"deprecated\".");

    public static Finding DeploymentConfigBroken(SourceSpan span, string reason) => Finding.Error(
        "CSK0640",
        span,
        $"The configuration of Sentinel's deployment cannot be read: {reason} Sentinel would ignore all of it. Correct it, or delete it to have it written anew.");
}
