using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Emit.Formats;

/// <summary>The OCSF mapping against OCSF's own schema: events are made of the sample records as siem/ocsf/mapping.json says, and each must be one that the class takes.</summary>
internal sealed class OcsfTests
{
    private static readonly Lazy<ILookup<string, string[]>> Schema = new(() => KitData.ReadRows("ocsf.tsv").ToLookup(row => row[0], StringComparer.Ordinal));

    private static readonly Lazy<Task<JsonNode>> Mapping = new(async () =>
        JsonNode.Parse(Compiler.Emit(await ShippedPack.Compilation, [new("siem")]).Artifacts.Single(file => file.Path == "siem/ocsf/mapping.json").Text)!);

    private static IEnumerable<TestCaseData> Records() =>
        from path in Directory.EnumerateFiles(Repository.PathOf("rules", "events"), "*.json")
        let root = JsonNode.Parse(Regex.Replace(File.ReadAllText(path), "\"-[0-9smhd]+\"", "\"2026-03-01T12:00:00\""))
        from record in root is JsonArray list ? list.ToArray() : [root]
        where record?["CopilotEventData"] is JsonObject
        select new TestCaseData(record.ToJsonString()).SetArgDisplayNames($"{Path.GetFileName(path)} {(string?)record["Id"]}");

    [TestCaseSource(nameof(Records))]
    public async Task A_record_becomes_an_event_of_the_class(string record) =>
        Assert.That(Faults("api_activity", Event(await Mapping.Value, JsonNode.Parse(record)!), "").ToList(), Is.Empty);

    [Test]
    public async Task What_a_record_lacks_is_filled_as_the_class_requires()
    {
        var made = Event(await Mapping.Value, JsonNode.Parse("""{"Operation":"CopilotInteraction","CreationTime":"2026-03-01T12:00:00","UserId":"system","UserKey":"","Workload":"Copilot","CopilotEventData":{"AccessedResources":[{"Type":"Text"},{"Name":"a.docx","Action":"Read"}]}}""")!);
        Assert.That(Faults("api_activity", made, "").ToList(), Is.Empty);
        Assert.That(made["resources"]!.ToJsonString(), Is.EqualTo("""[{"name":"a.docx"}]"""));
        Assert.That((long)made["type_uid"]!, Is.EqualTo(600302));
        Assert.That((long)made["time"]!, Is.EqualTo(1772366400000));
    }

    [TestCase("""{"time":"today"}""", "time is no timestamp_t")]
    [TestCase("""{"times":1}""", "times is no attribute of api_activity")]
    [TestCase("""{"severity_id":7}""", "severity_id is none of its values")]
    [TestCase("""{"src_endpoint":{}}""", "src_endpoint has none of ip|uid|name|hostname|svc_name|instance_uid|interface_uid|interface_name|domain")]
    [TestCase("""{"src_endpoint":{"ip":"203.0.113.7:443"}}""", "src_endpoint.ip is no ip_t")]
    [TestCase("""{"ai_model":{"name":"m"}}""", "ai_model.ai_provider is required")]
    [TestCase("""{"resources":{"name":"m"}}""", "resources is no list")]
    public void An_event_that_the_class_does_not_take_is_told(string json, string fault) => Assert.That(Faults("api_activity", JsonNode.Parse(json)!.AsObject(), ""), Does.Contain(fault));

    [TestCase("ecs", "event.action", "keyword", false)]
    [TestCase("ecs", "labels.mine", "keyword", false)]
    [TestCase("ecs", "@timestamp", "date", false)]
    [TestCase("ecs", "event.category", "keyword", true)]
    [TestCase("ocsf", "resources.name", "string_t", true)]
    [TestCase("ocsf", "resources.data.url", "json_t", true)]
    [TestCase("ocsf", "message_context.application.name", "string_t", false)]
    [TestCase("leef", "usrName", "string", false)]
    public void A_dictionary_has(string product, string name, string type, bool isList)
    {
        var field = ProductFields.Find(product, name);
        Assert.That((field?.Type, field?.IsList), Is.EqualTo((type, isList)));
        Assert.That(ProductFields.WhyNot(product, name), Is.Null);
    }

    [TestCase("ecs", "gen_ai.conversation.id", "does not have. Values without a field of their own stand under \"labels.\"")]
    [TestCase("ecs", "gen_ai.agent.nam", "Did you mean \"gen_ai.agent.name\"?")]
    [TestCase("ecs", "gen_ai.response.finish_reasons", "as nested")]
    [TestCase("ocsf", "ai_agent.name", "does not have in the class API Activity")]
    [TestCase("ocsf", "actor.user.mail_addr", "Did you mean \"actor.user.email_addr\"?")]
    [TestCase("ocsf", "actor.user", "is an object (user)")]
    [TestCase("ocsf", "unmapped", "is an object (object)")]
    [TestCase("cef", "cs7", "does not have")]
    public void A_dictionary_does_not_have(string product, string name, string reason) => Assert.That(ProductFields.WhyNot(product, name), Does.Contain(reason));

    // What the mapping says, done to a record: the only part of it that a consumer writes.
    private static JsonObject Event(JsonNode mapping, JsonNode record)
    {
        var made = new JsonObject();
        foreach (var (path, value) in mapping["constants"]!.AsObject())
        {
            Set(made, path, [value!.DeepClone()], isEach: false);
        }

        foreach (var map in mapping["attributes"]!.AsArray())
        {
            var (attribute, type) = ((string)map!["attribute"]!, (string)map["type"]!);
            var values = Read(record, (string)map["path"]!).Select(value => Convert(type, value)).ToList();
            var isEach = (string?)map["take"] == "each";
            if (isEach || values.Exists(value => value is not null))
            {
                Set(made, attribute, isEach ? values : [values.First(value => value is not null)], isEach);
            }
        }

        var activity = mapping["activity"]!;
        var action = Read(record, (string)activity["path"]!).FirstOrDefault(value => value is not null)?.ToString().ToLowerInvariant() ?? "";
        var id = (long?)activity["values"]![action] ?? (long)activity["other"]!;
        (made["activity_id"], made["type_uid"]) = (id, (long)activity["type_uid"]! + id);
        foreach (var (path, beside) in mapping["with"]!.AsObject().Where(entry => Has(made, entry.Key)).Concat(mapping["without"]!.AsObject().Where(entry => !Has(made, entry.Key))).SelectMany(entry => entry.Value!.AsObject()))
        {
            Set(made, path, [beside!.DeepClone()], isEach: false);
        }

        foreach (var (list, names) in mapping["drop_elements_without"]!.AsObject().Where(entry => made[entry.Key] is not null))
        {
            made[list] = new JsonArray([.. made[list]!.AsArray().Where(element => names!.AsArray().Any(name => element![(string)name!] is not null)).Select(element => element!.DeepClone())]);
        }

        return made;
    }

    // One value for each element of the first list of the path, null where the element has none.
    private static IEnumerable<JsonNode?> Read(JsonNode? node, string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var (name, rest) = dot < 0 ? (path, "") : (path[..dot], path[(dot + 1)..]);
        var member = (node as JsonObject)?[name.Replace("[]", "", StringComparison.Ordinal)];
        return rest.Length == 0 ? [member is JsonValue value && value.ToString().Length > 0 ? value : null]
            : name.EndsWith("[]", StringComparison.Ordinal) ? member is JsonArray list ? list.SelectMany(element => Read(element, rest)) : []
            : Read(member, rest);
    }

    private static JsonNode? Convert(string type, JsonNode? value) => value is null ? null : type switch
    {
        "timestamp_t" => DateTimeOffset.Parse(value.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds(),
        "ip_t" => IPEndPoint.TryParse(value.ToString(), out var endpoint) ? endpoint.Address.ToString() : null,
        "json_t" => value.DeepClone(),
        _ => value.ToString(),
    };

    private static void Set(JsonObject made, string path, List<JsonNode?> values, bool isEach)
    {
        var names = path.Split('.');
        var target = made;
        if (isEach)
        {
            var list = (JsonArray)(made[names[0]] ??= new JsonArray());
            for (var i = 0; i < values.Count; i++)
            {
                while (list.Count <= i)
                {
                    list.Add(new JsonObject());
                }

                if (values[i] is { } value)
                {
                    var isList = Schema.Value["resource_details"].Any(row => row[1] == names[1] && row[2].EndsWith("[]", StringComparison.Ordinal));
                    Set(list[i]!.AsObject(), string.Join('.', names[1..]), [isList ? new JsonArray(value) : value], isEach: false);
                }
            }

            return;
        }

        foreach (var name in names[..^1])
        {
            target = (JsonObject)(target[name] ??= new JsonObject());
        }

        target[names[^1]] = values[0];
    }

    private static bool Has(JsonObject made, string path) => path.Split('.').Aggregate((JsonNode?)made, (node, name) => (node as JsonObject)?[name]) is not null;

    private static IEnumerable<string> Faults(string type, JsonObject value, string at)
    {
        var rows = Schema.Value[type].ToList();
        foreach (var row in rows)
        {
            if (row[1] == "*" ? !row[4].Split('|').Any(value.ContainsKey) : row[3] == "required" && !value.ContainsKey(row[1]))
            {
                yield return row[1] == "*" ? $"{at.TrimEnd('.')} has none of {row[4]}" : $"{at}{row[1]} is required";
            }
        }

        foreach (var (name, member) in value)
        {
            var row = rows.Find(row => row[1] == name);
            foreach (var fault in row is null ? [$"{at}{name} is no attribute of {type}"] : Faults(row, member!, at + name))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> Faults(string[] row, JsonNode value, string at)
    {
        var isList = row[2].EndsWith("[]", StringComparison.Ordinal);
        var type = row[2].Replace("[]", "", StringComparison.Ordinal);
        if (isList)
        {
            return value is JsonArray list ? list.SelectMany(element => Faults([row[0], row[1], type, .. row[3..]], element!, at)) : [$"{at} is no list"];
        }

        if (Schema.Value.Contains(type))
        {
            return value is JsonObject members ? Faults(type, members, at + ".") : [$"{at} is no {type}"];
        }

        return row.Length > 4 && !row[4].Split('|').Contains(value.ToString()) ? [$"{at} is none of its values"]
            : type switch
            {
                "json_t" => true,
                "object" => value is JsonObject,
                "integer_t" or "long_t" or "timestamp_t" => value is JsonValue number && number.TryGetValue<long>(out _),
                "ip_t" => IPAddress.TryParse(value.ToString(), out _),
                _ => value is JsonValue text && text.TryGetValue<string>(out _),
            } ? [] : [$"{at} is no {type}"];
    }
}
