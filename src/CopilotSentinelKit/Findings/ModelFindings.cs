using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings of the Build stage: names that must resolve and layers that must change something.</summary>
public static class ModelFindings
{
    /// <summary>CSK0201: two things of one layer have the same name.</summary>
    public static Finding Duplicate(string kind, string name, SourceSpan second, SourceSpan first) => Finding.Error(
        "CSK0201", second, $"There are two {kind}s called \"{name}\". Rename or remove one of them.").With(first, "the other one");

    /// <summary>CSK0202: <c>override: true</c> on something that replaces nothing.</summary>
    public static Finding OverridesNothing(string kind, string name, SourceSpan span, IEnumerable<string> known) => Finding.Error(
        "CSK0202", span,
        $"\"{name}\" says that it overrides a {kind}, but the pack has none of that name.{Nearest.Hint(name, known)} Correct the name, or remove \"override\" to add a new one.");

    /// <summary>CSK0203: kit.yaml changes a detection that does not exist.</summary>
    public static Finding UnknownDetection(string id, SourceSpan span, IEnumerable<string> known) => Finding.Error(
        "CSK0203", span, $"No detection has the id \"{id}\".{Nearest.Hint(id, known)} Run \"csk list\" for the ids there are.");

    /// <summary>CSK0204: kit.yaml enables a source that does not exist.</summary>
    public static Finding UnknownSource(string name, SourceSpan span, IEnumerable<string> known) => Finding.Error(
        "CSK0204", span, $"The mapping has no source \"{name}\".{Nearest.Hint(name, known)} Its sources are {List(known)}.");

    /// <summary>CSK0227: a project's content takes the place of the kit's without saying so.</summary>
    public static Finding ReplacesSilently(string kind, string name, SourceSpan span) => Finding.Warning(
        "CSK0227", span, $"The {kind} \"{name}\" comes with the kit, and this one takes its place. Add \"override: true\" if that is meant; else choose another name.");

    /// <summary>CSK0205: no source is enabled.</summary>
    public static Finding NoSource(SourceSpan span) => Finding.Error(
        "CSK0205", span, "No source is enabled, so the parsers would have nothing to read. Name at least one under \"sources\".");

    /// <summary>CSK0206: a layer sets a parameter that the detection does not declare.</summary>
    public static Finding UnknownParameter(string id, string name, SourceSpan span, IEnumerable<string> known) => Finding.Error(
        "CSK0206", span, $"The detection \"{id}\" has no parameter \"{name}\".{Nearest.Hint(name, known)} Its parameters are {List(known)}.");

    /// <summary>CSK0207: a layer changes something that the detection's kind does not have.</summary>
    public static Finding NotInKind(string id, string key, string kind, SourceSpan span) => Finding.Error(
        "CSK0207", span, $"\"{key}\" cannot be set for \"{id}\": it is a {kind} detection, which has none. Remove the key.");

    /// <summary>CSK0208: a detection or parser names a template that does not exist.</summary>
    public static Finding UnknownTemplate(string name, string folder, SourceSpan span, IEnumerable<string> known) => Finding.Error(
        "CSK0208", span,
        $"There is no template \"{name}\" in templates/{folder}.{Nearest.Hint(name, known)} The templates there are {List(known)}.");

    /// <summary>CSK0209: a parser or source names a field that the mapping does not have.</summary>
    public static Finding UnknownField(string name, SourceSpan span, IEnumerable<string> known) => Finding.Error(
        "CSK0209", span, $"The mapping has no field \"{name}\".{Nearest.Hint(name, known)} Declare it under \"fields\", or correct the name.");

    /// <summary>CSK0210: a parser expands a field that holds no collection.</summary>
    public static Finding NotACollection(string name, SourceSpan span) => Finding.Error(
        "CSK0210", span, $"\"{name}\" is not a collection, so there is nothing to give a row each. Mark the field \"array: true\", or name another field.");

    /// <summary>CSK0211: a field that no enabled source or path gives.</summary>
    public static Finding FieldWithoutValue(string name, SourceSpan span) => Finding.Error(
        "CSK0211", span, $"Nothing says where the field \"{name}\" is read from. Give it \"record\", \"event\", \"settings\" or \"expression\", or a column in a source.");

    /// <summary>CSK0212: a field has the name of a column that the generator adds.</summary>
    public static Finding ReservedColumn(string name, SourceSpan span) => Finding.Error(
        "CSK0212", span, $"\"{name}\" is a column that every parser has or works with by itself. Give the field another name.");

    /// <summary>CSK0213: no mapping at all.</summary>
    public static Finding NoMapping(SourceSpan span) => Finding.Error(
        "CSK0213", span, "There is no mapping. Add rules/mapping.yaml, or restore the one that comes with the kit.");

    /// <summary>CSK0214: an entry of kit.yaml without effect.</summary>
    public static Finding LayerChangesNothing(string id, SourceSpan span) => Finding.Error(
        "CSK0214", span, $"This entry changes nothing of \"{id}\". Say what it should change (disable, severity, schedule, parameters), or remove it.");

    /// <summary>CSK0233: --environment names one that kit.yaml does not have.</summary>
    public static Finding UnknownEnvironment(string name, SourceSpan kit, IEnumerable<string> known) => Finding.Error(
        "CSK0233", kit, known.Any()
            ? $"There is no environment \"{name}\" under \"environments\".{Nearest.Hint(name, known)} There are {List(known)}."
            : $"There is no environment \"{name}\": kit.yaml has no key \"environments\". Declare it there, or leave out --environment.");

    /// <summary>CSK0215: parsers of elements without a parser of records.</summary>
    public static Finding NoRecordParser(string name, SourceSpan span) => Finding.Error(
        "CSK0215", span, $"\"{name}\" has no record parser to read from: one parser must leave out \"each\". Add it, or restore the one of the kit.");

    /// <summary>CSK0216: a file under templates/ that no template can be.</summary>
    public static Finding NotATemplate(SourceSpan span) => Finding.Warning(
        "CSK0216", span, "Only files that end in .scriban are templates; this one is not read. Rename it, or move it out of templates/.");

    /// <summary>CSK0217: a key that only a parser of elements has, on the parser of records.</summary>
    public static Finding OnlyForElements(string key, SourceSpan span) => Finding.Error(
        "CSK0217", span, $"\"{key}\" does nothing here: a parser without \"each\" returns all fields of all records. Remove it, or name a collection under \"each\".");

    /// <summary>CSK0218: two fields of one path.</summary>
    public static Finding SharedPath(string field, string other, string path, SourceSpan span) => Finding.Warning(
        "CSK0218", span, $"\"{field}\" reads \"{path}\", as \"{other}\" does, so one repeats the other. Keep one of them, or correct the path.");

    /// <summary>CSK0219: a template that no detection or parser has.</summary>
    public static Finding UnusedTemplate(string name, SourceSpan span) => Finding.Information(
        "CSK0219", span, $"Nothing uses the template \"{name}\". Name it under \"template\", or remove the file.");

    /// <summary>CSK0220: a parameter that changes nothing.</summary>
    public static Finding UnusedParameter(string name, SourceSpan span) => Finding.Warning(
        "CSK0220", span, $"Neither the query nor its template uses the parameter \"{name}\", so its value changes nothing. Use it, or remove it.");

    /// <summary>CSK0221: a watchlist that is deployed and not read.</summary>
    public static Finding UnusedWatchlist(string alias, SourceSpan span) => Finding.Information(
        "CSK0221", span, $"No query reads the watchlist \"{alias}\". Read it with _GetWatchlist, or remove it.");

    /// <summary>CSK0222: a column of a source's row takes names from a field that has none.</summary>
    public static Finding FieldWithoutNames(string field, SourceSpan span) => Finding.Error(
        "CSK0222", span, $"The field \"{field}\" has no \"values\", so it names no code. Give it some, or remove \"values\" here.");

    /// <summary>CSK0223: tests of something that does not exist.</summary>
    public static Finding TestsOfNothing(string target, SourceSpan span, IEnumerable<string> known) => Finding.Error(
        "CSK0223", span, $"No detection, hunt or parser is called \"{target}\", so these tests test nothing.{Nearest.Hint(target, known)} Run \"csk list\" for the names there are.");

    /// <summary>CSK0224: a source whose data collection rule cannot be made.</summary>
    public static Finding NotIngested(string source, SourceSpan span, string reason) => Finding.Error(
        "CSK0224", span, $"No data collection rule can be made for \"{source}\": {reason}. Correct it, or remove \"ingestion\" and fill the table in a way of your own.");

    /// <summary>CSK0225: a detection that compares what masked parsers hash, or reads what they drop.</summary>
    public static Finding NeedsUnmasked(SourceSpan span, IReadOnlyCollection<string> columns) => Finding.Warning(
        "CSK0225", span,
        $"With \"masked\", parsers give {string.Join(", ", columns)} as a hash or not at all, and this needs what they say. Disable it, or leave \"masked\" out.");

    /// <summary>CSK0226: a detection whose entities or results are hashes.</summary>
    public static Finding ShowsHashes(SourceSpan span, IReadOnlyCollection<string> columns) => Finding.Information(
        "CSK0226", span, $"With \"masked\", an analyst sees {string.Join(", ", columns)} as a hash. Nothing is to be done if that is what you want.");

    /// <summary>CSK0228: a map gives a value a name that the product's own dictionary does not have.</summary>
    public static Finding NotInProduct(string product, string name, SourceSpan span, string reason) => Finding.Warning(
        "CSK0228", span, $"The map names \"{name}\" for {product}, {reason}.");

    /// <summary>CSK0230: Content Hub's format, and nothing that Content Hub must know.</summary>
    public static Finding NoSolution(SourceSpan span) => Finding.Error(
        "CSK0230", span, "The format solution needs the key \"solution\" in kit.yaml: name, publisherId, offerId, description, support and releases. Add it, or leave the format out.");

    /// <summary>CSK0231: a solution that says nowhere to ask.</summary>
    public static Finding SolutionWithoutHelp(SourceSpan span) => Finding.Error(
        "CSK0231", span, "Content Hub refuses a solution whose support has neither \"email\" nor \"link\". Add one of them.");

    /// <summary>CSK0232: a release that is not before the one above it.</summary>
    public static Finding ReleasesOutOfOrder(SourceSpan span, string version, string above) => Finding.Error(
        "CSK0232", span, $"Releases are written newest first, each with a version and a day of its own: {version} stands below {above}. Put the newest first, and give it a greater version.");

    private static string List(IEnumerable<string> names)
    {
        var quoted = names.Order(StringComparer.Ordinal).Select(name => $"\"{name}\"").ToList();
        return quoted.Count == 0 ? "(none)" : string.Join(", ", quoted);
    }
}
