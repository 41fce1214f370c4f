using System.Reflection;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Architecture;

/// <summary>A folder uses only those before it: read from the compiled code, so that no spelling of a name hides a use.</summary>
internal sealed class FolderOrderTests
{
    private const string Kit = "CopilotSentinelKit";

    // The wall between the assemblies is the compiler's; this is the order within them. NodeHost and InProcess are never built together.
    private static readonly string[] Order =
    [
        "Kql.Text", "Kql.Language", "Kql.NodeHost", "Kql.InProcess", "Kql.Evaluate",
        "Findings", "Content", "Spec", "Pack", "Foreign", "Generate", "Analyze", "Validate", "Emit", "Import", "Testing", "Discover", "Simulate", "Preview", "Backtest",
    ];

    private static readonly Assembly[] Libraries = [typeof(Finding).Assembly, typeof(Compiler).Assembly];

    [Test]
    public void Each_folder_has_its_place() =>
        Assert.That(Types().Select(FolderOf).OfType<string>().Where(folder => folder is not ("" or "Kql")).Distinct(), Is.SubsetOf(Order));

    [Test]
    public void A_folder_uses_only_those_before_it()
    {
        var uses = Types().Where(type => Array.IndexOf(Order, FolderOf(type)) >= 0)
            .SelectMany(type => TypeUses.Of(type).Select(used => (User: type, Used: used)))
            .Where(use => FolderOf(use.Used) is not null)
            .Distinct()
            .ToList();
        Assert.That(uses, Has.Count.GreaterThan(1000));
        Assert.That(
            uses.Where(use => IsAhead(FolderOf(use.User)!, FolderOf(use.Used)!)).Select(use => $"{use.User.FullName} uses {use.Used.FullName}").Distinct().Order(StringComparer.Ordinal),
            Is.Empty);
    }

    [Test]
    public void Uses_in_signatures_fields_and_bodies_are_seen() =>
        Assert.That(TypeUses.Of(typeof(Sample)), Is.SupersetOf(new[] { typeof(Finding), typeof(SourceSpan), typeof(SeverityWords) }));

    // What lies at the root of an assembly comes after all of its folders.
    private static bool IsAhead(string user, string used) =>
        used is "" or "Kql" || Array.IndexOf(Order, used) > Array.IndexOf(Order, user);

    private static IEnumerable<Type> Types() => Libraries.SelectMany(library => library.GetTypes());

    /// <summary>"Kql.Text" or "Findings"; "" and "Kql" for the roots; null for what is no code of the kit.</summary>
    private static string? FolderOf(Type type)
    {
        if (!Libraries.Contains(type.Assembly) || type.Namespace?.Split('.') is not [Kit, .. var folders])
        {
            return null;
        }

        return string.Join('.', folders.Take(folders is ["Kql", ..] ? 2 : 1));
    }

    private sealed class Sample(Finding finding)
    {
        public string Word() => finding.Severity.Word();

        public static SourceSpan? Span() => null;
    }
}
