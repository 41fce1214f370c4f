using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using static CopilotSentinelKit.Kql.Evaluate.Functions.ScalarFunction;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Functions that read and write texts of a certain form: versions, paths, CSV, hexadecimal numbers.</summary>
internal static partial class FormatFunctions
{
    private const KqlType S = KqlType.String;
    private const KqlType D = KqlType.Dynamic;
    private const int MostParts = 4;
    private static readonly string[] Units = ["Bytes", "KB", "MB", "GB", "TB", "PB", "EB"];
    private const decimal PartSize = 100_000_000;
    private const decimal LargestMajor = 79_000;

    public static IEnumerable<ScalarFunction> All =>
    [
        Unary("parse_version(text)", S, KqlType.Decimal, text => ParseVersion(text.Text)),
        Unary("parse_path(text)", S, D, text => ParsePath(text.Text)),
        Unary("parse_csv(text)", S, D, text => ParseCsv(text.Text)),
        Unary("regex_quote(text)", S, S, text => Value.Of(Special().Replace(text.Text, @"\$0"))),
        new("tohex(integer[, minLength])", ToHex),
        Lenient("format_bytes(size[, precision][, units])", [KqlType.Real, KqlType.Long, S], S, FormatBytes),
        Lenient("unicode_codepoints_to_string(code ... | codes)", [D], S, FromCodes), Lenient("make_string(code ... | codes)", [D], S, FromCodes),
    ];

    // Four parts of eight digits, those that are missing being zero.
    private static Value ParseVersion(string text)
    {
        if (!Version().IsMatch(text))
        {
            return Value.Null;
        }

        var parts = text.Split('.').Select(part => decimal.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture)).ToList();
        return parts[0] > LargestMajor
            ? throw EvaluationException.Of($"The version \"{text}\" is greater than the evaluator can compute with.")
            : Value.Of(parts.Concat(Enumerable.Repeat(0m, MostParts - parts.Count)).Aggregate(0m, (number, part) => (number * PartSize) + part));
    }

    private static Value ParsePath(string text)
    {
        var match = FilePath().Match(text);
        if (!match.Success)
        {
            throw EvaluationException.Of($"What parse_path() makes of \"{text}\" is not documented.");
        }

        var folder = match.Groups["folder"].Value;
        var name = match.Groups["name"].Value;
        var point = name.LastIndexOf('.');
        return Value.Of(DynamicBag.From(new Dictionary<string, Value>
        {
            ["Scheme"] = Value.Of(match.Groups["scheme"].Value),
            ["RootPath"] = Value.Of(match.Groups["root"].Value),
            ["DirectoryPath"] = Value.Of(match.Groups["root"].Value + folder),
            ["DirectoryName"] = Value.Of(folder[(folder.LastIndexOfAny(['\\', '/']) + 1)..]),
            ["Filename"] = Value.Of(name),
            ["Extension"] = Value.Of(point < 0 ? "" : name[(point + 1)..]),
            ["AlternateDataStreamName"] = Value.Of(match.Groups["stream"].Value),
        }));
    }

    // The first record; quotes around a field hold commas, line ends and doubled quotes.
    private static Value ParseCsv(string text)
    {
        var fields = new List<Value>();
        for (var at = 0; ; at++)
        {
            var match = CsvField().Match(text, at);
            var quoted = match.Groups["quoted"];
            fields.Add(Value.Of(quoted.Success ? quoted.Value.Replace("\"\"", "\"", StringComparison.Ordinal) : match.Groups["plain"].Value));
            at += match.Length;
            if (at >= text.Length || text[at] is '\r' or '\n')
            {
                return ArrayFunctions.Of(fields);
            }

            if (text[at] != ',')
            {
                throw EvaluationException.Of($"What parse_csv() makes of quotes within a field, as in \"{text}\", is not documented.");
            }
        }
    }

    private static Expression ToHex(Call call)
    {
        var number = call.Argument(0);
        if (!number.Type.IsInteger())
        {
            throw call.Refuse($"a {number.Type.Name()} as the argument");
        }

        var least = (int)Math.Clamp(call.Known(1, Value.Of(1L)).Bits, 1, 16);
        return Expression.Of(
            S,
            row => number.Evaluate(row) is { IsNull: false } value
                ? Value.Of((number.Type == KqlType.Int ? ((int)value.Bits).ToString("x", CultureInfo.InvariantCulture) : value.Bits.ToString("x", CultureInfo.InvariantCulture)).PadLeft(least, '0'))
                : Value.Empty,
            number);
    }

    // In the largest unit that gives at least 1.
    private static Value FormatBytes(Value[] values)
    {
        if (values[0].IsNull)
        {
            return Value.Empty;
        }

        var precision = values.Length > 1 && !values[1].IsNull ? (int)Math.Clamp(values[1].Bits, 0, 15) : 0;
        var size = values[0].Number;
        var wanted = values.Length > 2 ? values[2].Text : "";
        var unit = wanted.Length > 0 ? Array.IndexOf(Units, wanted) : (int)Math.Clamp(Math.Floor(Math.Log(Math.Max(1, Math.Abs(size)), 1024)), 0, Units.Length - 1);
        if (unit < 0 || !double.IsFinite(size))
        {
            throw EvaluationException.Of("What format_bytes() makes of such a size or unit is not documented.");
        }

        var number = Math.Round(size / Math.Pow(1024, unit), precision, MidpointRounding.AwayFromZero);
        var (text, padded) = (number.ToString(CultureInfo.InvariantCulture), number.ToString("F" + precision, CultureInfo.InvariantCulture));
        return text == padded ? Value.Of($"{text} {Units[unit]}") : throw EvaluationException.Of("Whether format_bytes() writes zeros at the end of a fraction is not documented.");
    }

    private static Value FromCodes(Value[] values)
    {
        var result = new StringBuilder();
        foreach (var code in values.SelectMany(value => value.AsArray?.Items ?? [value]))
        {
            if (code.Kind != ValueKind.Long || !Rune.IsValid((int)Math.Clamp(code.Bits, -1, int.MaxValue)))
            {
                return Value.Null;
            }

            result.Append(new Rune((int)code.Bits).ToString());
        }

        return Value.Of(result.ToString());
    }

    [GeneratedRegex(@"\A[0-9]{1,8}(\.[0-9]{1,8}){0,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    [GeneratedRegex(@"[\\.+*?()|\[\]{}^$]", RegexOptions.CultureInvariant)]
    private static partial Regex Special();

    [GeneratedRegex(@"\G(""(?<quoted>([^""]|"""")*)""|(?<plain>[^"",\r\n]*))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex CsvField();

    [GeneratedRegex(
        @"\A((?<scheme>[A-Za-z]+)://(?=[A-Za-z]:))?((?<root>[A-Za-z]:)(?=[\\/]))?((?<folder>[^:*?""<>|]*[^:*?""<>|\\/])[\\/])?(?<name>[^:*?""<>|\\/]+)(:(?<stream>[^:*?""<>|\\/]+))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex FilePath();
}
