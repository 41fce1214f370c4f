
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Shipped;

internal sealed class PackMappingTests
{
    private static readonly MappingSpec Mapping = ShippedPack.Specs.Mapping!;

    // What the vendor's schema flags as personal, and what says who a person is or what they wrote.
    private static readonly string[] Personal =
    [
        "CopilotEvents.Contexts", "CopilotEvents.AccessedResources", "CopilotEvents.ActorName", "CopilotEvents.ActorUpn", "CopilotEvents.ActorUserId", "CopilotEvents.ClientIpRaw",
        "CopilotEvents.SrcIpAddr", "CopilotEvents.Query", "CopilotEvents.Response", "CopilotEvents.PromptText",
        "CopilotResources.ResourceId", "CopilotResources.ResourceName", "CopilotResources.SiteUrl", "CopilotResources.ResourceKey",
    ];

    // A field of the published field reference or interaction schema, the column it is normalised to, and its type.
    [TestCase("Query", "Query", "string")]
    [TestCase("Response", "Response", "string")]
    [TestCase("GroundingDataSources", "GroundingDataSources", "dynamic")]
    [TestCase("CopilotSessionId", "CopilotSessionId", "string")]
    [TestCase("ConversationId", "ConversationId", "string")]
    [TestCase("ApplicationId", "ApplicationId", "string")]
    [TestCase("TenantId", "OrganizationId", "string")]
    [TestCase("UserId", "ActorName", "string")]
    [TestCase("CreationTime", "CreationTime", "datetime")]
    [TestCase("Operation", "Operation", "string")]
    [TestCase("ClientIP", "ClientIpRaw", "string")]
    [TestCase("Workload", "Workload", "string")]
    [TestCase("AppHost", "AppHost", "string")]
    [TestCase("Contexts", "Contexts", "dynamic")]
    [TestCase("ThreadId", "ThreadId", "string")]
    [TestCase("MessageIds", "MessageIds", "dynamic")]
    [TestCase("AccessedResources", "AccessedResources", "dynamic")]
    public void Every_field_of_the_published_references_is_read(string member, string column, string type)
    {
        var field = Mapping.Fields.SingleOrDefault(field => field.Name.Value == column);
        Assert.That(field, Is.Not.Null);
        Assert.That(field!.Type.Value, Is.EqualTo(type));
        Assert.That(field.Record.Concat(field.Event).Select(path => path.Value), Does.Contain(member));
    }

    [TestCase("Id", "ResourceId")]
    [TestCase("Type", "ResourceType")]
    [TestCase("Name", "ResourceName")]
    [TestCase("SensitivityLabelId", "SensitivityLabelId")]
    public void Every_member_of_an_accessed_resource_is_read(string member, string column)
    {
        var field = Mapping.Parsers.Single(parser => parser.Name.Value == "CopilotResources").Fields.Single(field => field.Name.Value == column);
        Assert.That(field.Record.Select(path => path.Value), Does.Contain(member));
    }

    [Test]
    public void Every_field_says_what_it_is()
    {
        Assert.That(Fields().Count(), Is.GreaterThan(60));
        Assert.That(Fields().Where(field => field.Spec.Description.Length < 8).Select(field => field.Name), Is.Empty);
        Assert.That(Mapping.Sources.Where(source => source.Description.Length < 8).Select(source => source.Name.Value), Is.Empty);
        Assert.That(Mapping.Parsers.Where(parser => parser.Description.Value.Length < 8).Select(parser => parser.Name.Value), Is.Empty);
    }

    [Test]
    public void Personal_data_is_marked() =>
        Assert.That(Personal, Is.SubsetOf(Fields().Where(field => field.Spec.Pii).Select(field => field.Name)));

    [Test]
    public void Every_kept_column_is_one_of_the_record()
    {
        var known = Mapping.Fields.Select(field => field.Name.Value).Concat(CopilotSentinelKit.Pack.Mapping.FixedColumns.Concat(CopilotSentinelKit.Pack.Mapping.TurnColumns).Select(column => column.Name)).Append(CopilotSentinelKit.Pack.Mapping.AdditionalFields).ToHashSet();
        foreach (var parser in Mapping.Parsers)
        {
            Assert.That(parser.Keep.Select(column => column.Value), Is.SubsetOf(known), parser.Name.Value);
            Assert.That(parser.Keep.Select(column => column.Value), Is.Unique, parser.Name.Value);
        }
    }

    private static IEnumerable<(string Name, FieldSpec Spec)> Fields() =>
        Mapping.Fields.Select(field => ("CopilotEvents." + field.Name.Value, field))
            .Concat(Mapping.Parsers.SelectMany(parser => parser.Fields.Select(field => ($"{parser.Name.Value}.{field.Name.Value}", field))));
}
