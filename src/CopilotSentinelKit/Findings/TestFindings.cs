using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about tests in specs.</summary>
public static class TestFindings
{
    /// <summary>CSK1100: a test names a file that is not there.</summary>
    /// <param name="span">The path.</param>
    /// <param name="path">What it says.</param>
    /// <param name="folder">Where files of a pack's tests are; null for a test beside content, whose files may be anywhere in the repository.</param>
    /// <param name="known">Files that there are.</param>
    public static Finding NoEventFile(SourceSpan span, string path, string? folder, IEnumerable<string> known) => Finding.Error(
        "CSK1100", span, $"There is no file \"{path}\".{Nearest.Hint(path, known)} " + (folder is null
            ? "Write its path as seen from this file; it must be in the same repository."
            : $"Files of tests are in {folder} of the same pack or project, and their path is as seen from this file."));

    /// <summary>CSK1101: two tests of one target with the same name.</summary>
    public static Finding DuplicateName(SourceSpan span, string name, string target, SourceSpan first) => Finding.Warning(
        "CSK1101", span, $"\"{target}\" has two tests called \"{name}\", so a report does not tell which failed. Rename one of them.").With(first, "the other one");

    /// <summary>CSK1102: a test for a source that does not exist.</summary>
    public static Finding UnknownSource(SourceSpan span, string name, IEnumerable<string> known) => Finding.Error(
        "CSK1102", span, $"The mapping has no source \"{name}\".{Nearest.Hint(name, known)} Correct it, or remove \"sources\" to test on every source.");

    /// <summary>CSK1103: a source does not say how a record becomes a row.</summary>
    public static Finding NoRow(SourceSpan span, string source) => Finding.Error(
        "CSK1103", span, $"The source \"{source}\" does not say how an audit record becomes a row of its table, so no event can be tested on it. Add \"row\" to it in the mapping.");

    /// <summary>CSK1104: a test gives rows to a table that nobody knows.</summary>
    public static Finding UnknownTable(SourceSpan span, string name, IEnumerable<string> known) => Finding.Error(
        "CSK1104", span, $"There is no table \"{name}\".{Nearest.Hint(name, known)} Correct the name, or declare the table under \"tables\" in kit.yaml.");

    /// <summary>CSK1105: a test gives rows to a watchlist that nobody knows.</summary>
    public static Finding UnknownWatchlist(SourceSpan span, string alias, IEnumerable<string> known) => Finding.Error(
        "CSK1105", span, $"There is no watchlist \"{alias}\".{Nearest.Hint(alias, known)} Correct the alias, or declare the watchlist.");

    /// <summary>CSK1106: a test expects a column that the query does not return.</summary>
    public static Finding UnknownColumn(SourceSpan span, string column, string target, IEnumerable<string> known) => Finding.Error(
        "CSK1106", span, $"\"{target}\" returns no column \"{column}\".{Nearest.Hint(column, known)} Expect a column that it returns.");

    /// <summary>CSK1107: an event without a time.</summary>
    public static Finding NoTime(SourceSpan span, string member, string found, SourceSpan record) => Finding.Error(
        "CSK1107", span, (found.Length == 0 ? $"A record here has no {member}." : $"The {member} \"{found}\" of a record here is no time.")
            + " Write one such as 2026-01-15T11:50:00, or -10m, or give the event \"at\".").With(record, "the record");

    /// <summary>CSK1108: a path that leads into something that has no members.</summary>
    public static Finding NoMembers(SourceSpan span, string path, SourceSpan record) => Finding.Error(
        "CSK1108", span, $"\"{path}\" leads in this record through a value that is neither an object nor a list with that place, so the member cannot be set. Set the object or list as a whole.").With(record, "the record");

    /// <summary>CSK1109: more events than a test may have.</summary>
    public static Finding TooManyEvents(SourceSpan span, int most) => Finding.Error(
        "CSK1109", span, FormattableString.Invariant($"The test has more than {most} events. Repeat less."));

    /// <summary>CSK1110: nothing shows that it finds anything.</summary>
    public static Finding NoFiringTest(SourceSpan span, string target) => Finding.Warning(
        "CSK1110", span, $"No test shows that \"{target}\" finds what it is for. Add one to its \"tests\" that expects rows.");

    /// <summary>CSK1111: nothing shows that it stays silent.</summary>
    public static Finding NoSilentTest(SourceSpan span, string target) => Finding.Warning(
        "CSK1111", span, $"No test shows that \"{target}\" stays silent about what is harmless. Add one to its \"tests\" with \"expect: none\".");

    /// <summary>CSK1112: an expected value that the column cannot hold.</summary>
    public static Finding WrongValue(SourceSpan span, string column, string type, string text) => Finding.Error(
        "CSK1112", span, $"The column \"{column}\" is of type {type}, which \"{text}\" is not. Write a value of that type, or null.");

    /// <summary>CSK1113: an event that no run can see.</summary>
    public static Finding NeverSeen(SourceSpan span, string time, string now) => Finding.Warning(
        "CSK1113", span, $"The event happens at {time}, after the test's clock ({now}), so the query does not see it. Let it happen earlier, for instance \"at: -10m\".");

    /// <summary>CSK1115: a time that no calendar has.</summary>
    public static Finding NotATime(SourceSpan span, string text) => Finding.Error(
        "CSK1115", span, $"\"{text}\" is no time. Write one such as 2026-01-15T12:00:00Z, or one relative to the test's clock with its days, hours, minutes and seconds in that order, such as -1d6h.");

    /// <summary>CSK1116: alerts are expected of what makes none.</summary>
    public static Finding NoAlerts(SourceSpan span, string target) => Finding.Error(
        "CSK1116", span, $"\"{target}\" is no analytics rule, so Sentinel makes no alerts of its rows. Expect rows.");

    /// <summary>CSK1117: a test says what a function returns that has a body, or that nothing calls.</summary>
    public static Finding NotAStub(SourceSpan span, string name, IEnumerable<string> known) => Finding.Error(
        "CSK1117", span, $"There is no function \"{name}\" without a body.{Nearest.Hint(name, known)} A function with one is run as it is; give its tables rows, or remove this.");

    /// <summary>CSK1118: nothing is what a test file is for.</summary>
    public static Finding NothingToTest(SourceSpan span, string target, IEnumerable<string> known) => Finding.Error(
        "CSK1118", span, $"There is no query \"{target}\" to test.{Nearest.Hint(target, known)} Write the path of a rule, hunt, parser, template, workbook or .kql file as seen from this one, or an id or name.");

    /// <summary>CSK1119: several are.</summary>
    public static Finding SeveralToTest(SourceSpan span, string target, IEnumerable<string> items) => Finding.Error(
        "CSK1119", span, $"\"{target}\" has several queries. Say under \"item\" which one: {string.Join(", ", items.Select(item => $"\"{item}\""))}.");

    /// <summary>CSK1120: a query names what nobody knows.</summary>
    public static Finding UnknownName(SourceSpan span, string name, bool isFunction, SourceSpan use) => Finding.Error(
        "CSK1120", span, (isFunction
            ? $"The query calls \"{name}\", which is neither in the repository nor one of Kusto's. Say under \"functions\" of a test what it returns."
            : $"The query reads \"{name}\", which neither Microsoft nor the repository declares. Give it rows and \"columns\" under \"tables\" of a test, or rows under \"functions\" if it is a function.")).With(use, "where it is read");

    /// <summary>CSK1114: a test without anything to read.</summary>
    public static Finding NothingHappens(SourceSpan span) => Finding.Warning(
        "CSK1114", span, "The test has neither events nor tables, so the query reads nothing and its silence shows nothing. Add what happens.");
}
