using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>A YAML file to a tree of values with their places. Never throws on bad input: what is wrong is a finding.</summary>
public static class YamlReader
{
    /// <summary>How deep lists and maps may nest, aliases followed.</summary>
    public const int MaxDepth = 64;

    /// <summary>How many values the aliases of a file may stand for together.</summary>
    public const int MaxAliasedNodes = 20_000;

    /// <summary>The file's value, or null when it is empty or no YAML, which is then a finding.</summary>
    public static YamlValue? Read(SourceFile file, ICollection<Finding> findings)
    {
        var scanner = new Scanner(new StringReader(file.Text));
        try
        {
            var parser = new Parser(scanner);
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                findings.Add(YamlFindings.EmptyFile(new(file, 0, 0)));
                return null;
            }

            var value = new YamlNodes(file, parser, findings).ReadRoot();
            if (value is YamlText { Value: "", Plain: true })
            {
                findings.Add(YamlFindings.EmptyFile(new(file, 0, 0)));
                return null;
            }

            if (value is not null)
            {
                ExpectEnd(file, parser, findings);
            }

            return value;
        }
        catch (YamlException exception)
        {
            findings.Add(YamlSyntax.Explain(file, exception.Start, exception.Message));
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // YamlDotNet throws these for some wrong files, such as a flow map that goes on at the start of a line.
            findings.Add(YamlSyntax.Explain(file, scanner.CurrentPosition, YamlSyntax.Unexplained));
            return null;
        }
    }

    private static void ExpectEnd(SourceFile file, Parser parser, ICollection<Finding> findings)
    {
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
        {
            var start = Math.Min((int)second.Start.Index, file.Text.Length);
            findings.Add(YamlFindings.SeveralDocuments(new(file, start, Math.Min(3, file.Text.Length - start))));
        }
    }
}
