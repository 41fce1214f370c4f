using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Pack;

/// <summary>environments in kit.yaml: what is different in a workspace lies over what kit.yaml says for all.</summary>
internal sealed class EnvironmentTests
{
    private const string Parameters = "parameters: { few: { type: int, default: 1 }, many: { type: int, default: 9 } }";

    [Test]
    public void Values_of_an_environment_lie_over_those_for_all_and_the_rest_stays()
    {
        var pack = TestPack.Rule(Parameters).WithKit("""
            masked: true
            parsers: inline
            detections: { a-detection: { severity: Low, schedule: { every: 30m }, parameters: { few: 2, many: 3 } } }
            environments:
              production:
                masked: false
                formats: [arm]
                detections: { a-detection: { severity: High, schedule: { lookback: 2h }, parameters: { few: 7 } } }
            """);
        var (forAll, production) = (pack.Load(), pack.Load("production"));
        var spec = production.Detections.Single().Spec;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(forAll.Detections.Single().Spec.Severity!.Value.Value, Is.EqualTo(AlertSeverity.Low));
            Assert.That((forAll.Mapping.Masked, production.Mapping.Masked), Is.EqualTo((true, false)));
            Assert.That(production.Formats, Is.EqualTo([OutputFormat.Arm]));
            Assert.That(production.Parsers, Is.EqualTo(ParserPlacement.Inline));
            Assert.That(spec.Severity!.Value.Value, Is.EqualTo(AlertSeverity.High));
            Assert.That((spec.Schedule!.Every!.Value.Value, spec.Schedule.Lookback!.Value.Value), Is.EqualTo((TimeSpan.FromMinutes(30), TimeSpan.FromHours(2))));
            Assert.That(spec.Parameters.Select(parameter => ((YamlText)parameter.Value).Value), Is.EqualTo(["7", "3"]));
        }
    }

    [TestCase("detections: { a-detection: { disable: true } }\nenvironments: { test: { detections: { a-detection: { disable: false } } } }", 0, 1)]
    [TestCase("environments: { test: { detections: { a-detection: { disable: true } } } }", 1, 0)]
    public void A_detection_is_left_out_where_an_environment_says_so(string kit, int forAll, int inTest)
    {
        var pack = TestPack.Rule().WithKit(kit);
        Assert.That((pack.Load().Detections.Length, pack.Load("test").Detections.Length), Is.EqualTo((forAll, inTest)));
        Assert.That((pack.Load().LeftOut.Length, pack.Load("test").LeftOut.Length), Is.EqualTo((inTest, forAll)));
    }

    [Test]
    public void Output_goes_to_a_folder_of_the_environments_own()
    {
        var pack = TestPack.Rule().WithKit("output: sentinel\nenvironments: { production: {}, test: { output: elsewhere/test } }");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pack.Load().Output, Is.EqualTo("sentinel"));
            Assert.That(pack.Load("production").Output, Is.EqualTo("sentinel-production"));
            Assert.That(pack.Load("test").Output, Is.EqualTo("elsewhere/test"));
            Assert.That(pack.Load("test").Outputs, Is.EqualTo(["sentinel", "sentinel-production", "elsewhere/test"]));
        }
    }

    [Test]
    public void One_that_kit_yaml_does_not_have()
    {
        const string Kit = "«»name: contoso-copilot\npublisher: Contoso\n";
        var near = TestPack.Rule().Project("kit.yaml", Kit + "environments: { production: {} }\n").VerifyLoad("CSK0233", "prodution");
        Assert.That(near.Message, Does.Contain("Did you mean \"production\"?"));
        Assert.That(TestPack.Rule().Project("kit.yaml", Kit).VerifyLoad("CSK0233", "production").Message, Does.Contain("has no key \"environments\""));
    }

    [TestCase("detections: { «a-detectoin»: { disable: true } }", "CSK0203")]
    [TestCase("detections: { a-detection: { parameters: { «fwe»: 7 } } }", "CSK0206")]
    [TestCase("detections: { a-detection: { severity: «Hihg» } }", "CSK0127")]
    [TestCase("detections: { «a-detection»: {} }", "CSK0214")]
    [TestCase("detections: { «a-detection»: { disable: false } }", "CSK0214")]
    [TestCase("sources: [«CloudAppEvent»]", "CSK0204")]
    [TestCase("formats: [«bicpe»]", "CSK0309")]
    [TestCase("formats: [«solution»]", "CSK0230")]
    [TestCase("«soruces»: [CloudAppEvents]", "CSK0121")]
    public void A_mistake_in_any_environment_is_found_once_whichever_is_asked_for(string entry, string code)
    {
        var pack = TestPack.Rule(Parameters).WithKit("environments: { production: { " + entry + " }, test: {} }");
        pack.VerifyLoad(code);
        pack.VerifyLoad(code, "test");
        pack.VerifyLoad(code, "production");
    }
}
