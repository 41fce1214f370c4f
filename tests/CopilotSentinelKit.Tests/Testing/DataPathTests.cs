
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Testing;

namespace CopilotSentinelKit.Tests.Testing;

internal sealed class DataPathTests
{
    private static readonly DynamicBag _resource = Bag("Name", Value.Of("Plan.docx"));
    private static readonly DynamicBag _record = Bag("Resources", Value.Of(new DynamicArray([Value.Of(_resource), Value.Of(_resource)])));

    [TestCase("Resources.1.Name", "{\"Resources\":[{\"Name\":\"Plan.docx\"},{\"Name\":\"new\"}]}", TestName = "A_number_is_a_place_in_a_list")]
    [TestCase("Resources.0", "{\"Resources\":[\"new\",{\"Name\":\"Plan.docx\"}]}", TestName = "An_element_of_a_list_is_replaced")]
    [TestCase("Resources", "{\"Resources\":\"new\"}", TestName = "A_list_is_replaced_as_a_whole")]
    [TestCase("Event.0", "{\"Resources\":[{\"Name\":\"Plan.docx\"},{\"Name\":\"Plan.docx\"}],\"Event\":{\"0\":\"new\"}}", TestName = "Objects_on_the_way_are_made")]
    public void Set(string path, string expected) => Assert.That(Shown(DataPath.Set(_record, path, Value.Of("new"))), Is.EqualTo(expected));

    [TestCase("Resources.2.Name", TestName = "A_place_past_the_end_is_refused")]
    [TestCase("Resources.Name", TestName = "A_name_is_no_place_in_a_list")]
    [TestCase("Resources.0.Name.Length", TestName = "A_text_has_no_members")]
    public void Refused(string path) => Assert.That(DataPath.Set(_record, path, Value.Of("new")), Is.Null);

    private static DynamicBag Bag(string name, Value value) => DynamicBag.From([new(name, value)]);

    private static string? Shown(DynamicBag? bag) => bag is null ? null : ValueText.Json(Value.Of(bag));
}
