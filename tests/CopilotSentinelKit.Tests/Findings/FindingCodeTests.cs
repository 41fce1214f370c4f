using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Findings;

/// <summary>Calls every factory method of every *Findings class with made-up arguments.</summary>
internal sealed partial class FindingCodeTests
{
    private static readonly ImmutableArray<(string Name, Finding Finding, bool Fixed)> All =
    [
        .. new[] { typeof(Finding), typeof(Compiler) }.SelectMany(type => type.Assembly.GetTypes())
            .Where(type => type.IsAbstract && type.IsSealed && type.Name.EndsWith("Findings", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType == typeof(Finding) && !PassesCodeThrough(method))
            .Select(method => ($"{method.DeclaringType!.Name}.{method.Name}", (Finding)method.Invoke(null, [.. method.GetParameters().Select(Argument)])!, !TakesSeverity(method))),
    ];

    [Test]
    public void The_search_finds_the_factories() => Assert.That(All, Has.Length.GreaterThan(85));

    [Test]
    public void Codes_are_unique() => Assert.That(
        All.GroupBy(factory => factory.Finding.Code).Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(factory => factory.Name))}"),
        Is.Empty);

    [Test]
    public void Codes_are_csk_and_four_digits() =>
        Assert.That(All.Where(factory => !Code().IsMatch(factory.Finding.Code)).Select(factory => factory.Name), Is.Empty);

    [Test]
    public void Messages_are_whole_sentences() => Assert.That(
        All.Where(factory => !Sentences().IsMatch(factory.Finding.Message)).Select(factory => $"{factory.Name}: {factory.Finding.Message}"), Is.Empty);

    [Test]
    public void Every_code_is_in_a_test()
    {
        var tests = string.Concat(Directory.EnumerateFiles(FindTests(), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.That(tests, Does.Contain("\"CSK0401\""));
        Assert.That(All.Where(factory => !tests.Contains(factory.Finding.Code, StringComparison.Ordinal)).Select(factory => $"{factory.Finding.Code} {factory.Name}"), Is.Empty);
    }

    private static bool TakesSeverity(MethodInfo method) => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(FindingSeverity));

    // Its code comes from outside: Kusto.Language's own.
    private static bool PassesCodeThrough(MethodInfo method) => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(KqlDiagnostic));

    /// <summary>The codes of all factories; the severity is null where the caller chooses it.</summary>
    public static IEnumerable<(string Code, FindingSeverity? Severity)> Factories() =>
        All.Select(factory => (factory.Finding.Code, factory.Fixed ? (FindingSeverity?)factory.Finding.Severity : null));

    public static object? Argument(ParameterInfo parameter) => parameter.HasDefaultValue ? parameter.DefaultValue : Argument(parameter.ParameterType, parameter.Name ?? "it");

    private static object? Argument(Type type, string name)
    {
        if (type == typeof(string))
        {
            return name switch
            {
                "hint" => " Did you mean it?",
                "message" or "description" or "advice" => "This is a sentence.",
                _ => char.ToUpperInvariant(name[0]) + name[1..],
            };
        }

        if (type == typeof(SourceSpan))
        {
            return new SourceFile("test.yaml", "text").All;
        }

        if (type.IsAssignableFrom(typeof(ImmutableArray<string>)))
        {
            return ImmutableArray.Create(name + "1", name + "2");
        }

        return type.IsValueType
            ? Activator.CreateInstance(type)
            : throw new NotSupportedException($"Teach {nameof(FindingCodeTests)} to make a {type.Name} for the parameter \"{name}\".");
    }

    private static string FindTests()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CopilotSentinelKit.Tests.csproj")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run from their own folder.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"^CSK[0-9]{4}\z")]
    private static partial Regex Code();

    // A capital or a quotation first, no double space, a full stop or a question mark last.
    [GeneratedRegex(@"^[A-Z""](?!.*  ).*[.?]\z", RegexOptions.Singleline)]
    private static partial Regex Sentences();
}
