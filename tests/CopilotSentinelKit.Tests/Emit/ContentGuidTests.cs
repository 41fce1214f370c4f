
using CopilotSentinelKit.Content;

namespace CopilotSentinelKit.Tests.Emit;

internal sealed class ContentGuidTests
{
    private static readonly Guid Dns = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    // The first is RFC 9562 appendix A.4; the others are well-known values of other implementations.
    [TestCase("www.example.com", "2ed6657d-e927-568b-95e1-2665a8aea6a2")]
    [TestCase("python.org", "886313e1-3b8a-5372-9b90-0c9aee199e5d")]
    [TestCase("www.example.org", "74738ff5-5367-5958-9aee-98fffdcd1876")]
    public void The_algorithm_is_that_of_the_RFC(string name, string expected) =>
        Assert.That(ContentGuid.Version5(Dns, name), Is.EqualTo(new Guid(expected)));

    [Test]
    public void A_name_is_hashed_as_UTF8() =>
        Assert.That(ContentGuid.Version5(Dns, "bücher.example"), Is.EqualTo(new Guid("849d4d8f-6c8e-59fa-9721-89ccba396bf9")));

    [Test]
    public void The_GUID_of_a_shipped_id_never_changes() =>
        Assert.That(ContentGuid.For("copilot", "AnalyticsRule", "copilot-jailbreak-attempt").ToString(), Is.EqualTo("1cd29adb-a264-540c-b48a-e74637239d73"));

    [Test]
    public void Pack_kind_and_id_each_make_another_GUID()
    {
        var guids = new[] { ("a", "Parser", "x"), ("b", "Parser", "x"), ("a", "Watchlist", "x"), ("a", "Parser", "y"), ("a/Parser", "Parser", "x") }
            .Select(name => ContentGuid.For(name.Item1, name.Item2, name.Item3));
        Assert.That(guids, Is.Unique);
    }

    [TestCase("Par/ser", "x")]
    [TestCase("Parser", "x/y")]
    public void A_slash_that_would_make_two_names_one_is_refused(string kind, string id) =>
        Assert.That(() => ContentGuid.For("a", kind, id), Throws.ArgumentException);
}
