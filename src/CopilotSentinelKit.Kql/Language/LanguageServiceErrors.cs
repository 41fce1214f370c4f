using System.Globalization;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>What can be wrong with the machine's language service (CSK09xx).</summary>
internal static class LanguageServiceErrors
{
    public const string RefusedCode = "CSK0907";

    private const string Install = "Install Node.js 18 or newer (https://nodejs.org), or name its executable, by its full path, in the environment variable CSK_NODE.";

    public static LanguageServiceException NodeNotFound(string node, Exception? cause = null) => new(
        "CSK0901", $"Node.js, which analyses KQL, could not be started as \"{node}\". {Install}", cause);

    public static LanguageServiceException NodeTooOld(string detail) => new(
        "CSK0902", $"Node.js is too old: {detail}. {Install}");

    public static LanguageServiceException Died(int? exitCode, string lastOutput)
    {
        var how = exitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $" with exit code {code}") : "";
        var output = lastOutput.Length > 0 ? $" Its last output was: \"{lastOutput}\"." : "";
        return new("CSK0903", $"The language host ended{how} before it had answered.{output} Run the command again; report it if that does not help.");
    }

    /// <param name="timeout">How long it was silent.</param>
    /// <param name="subject">What it was asked about, or nothing.</param>
    public static LanguageServiceException NoAnswer(TimeSpan timeout, string subject) => new(
        "CSK0904",
        string.Create(CultureInfo.InvariantCulture, $"The language host did not answer within {timeout.TotalSeconds:0.##} seconds")
            + (subject.Length > 0 ? $" about {subject}" : "") + " and was stopped. Run the command again when the machine is less busy, "
            + "or set CSK_HOST_PATIENCE to more seconds.");

    public static LanguageServiceException NoPatience(string text) => new(
        "CSK0908", $"CSK_HOST_PATIENCE is \"{text}\". Set it to the seconds, at most 86400, that the language host may be silent, or leave it out.");

    /// <summary>Whether one query may be the cause, so that others can still be asked for: the host died or fell silent.</summary>
    internal static bool IsOfOneQuery(LanguageServiceException fault) => fault.Code is "CSK0903" or "CSK0904";

    public static LanguageServiceException Garbage(string start) => new(
        "CSK0905", $"The language host answered something that is no reply: \"{start}\". Make sure that CSK_NODE or PATH leads to Node.js itself.");

    public static LanguageServiceException FilesMissing(string file) => new(
        "CSK0906", $"The language host is incomplete: there is no file \"{file}\". Build the project again with \"dotnet build\", which restores it from npm.");

    /// <param name="reason">A clause and what to do: sentences after a colon.</param>
    public static LanguageServiceException TooHeavy(string reason) => new("CSK0909", $"The query is not analysed: {reason}");

    public static LanguageServiceException Refused(string detail) => new(
        RefusedCode, $"The language host could not do what it was asked: {detail}");
}
