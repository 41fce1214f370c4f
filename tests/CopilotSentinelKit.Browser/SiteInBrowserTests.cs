using System.Diagnostics;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CopilotSentinelKit.Browser;

/// <summary>The site of the shipped pack in a browser of the machine: one of chromium, chromium-browser and google-chrome on PATH, or that which BROWSER_PATH names.</summary>
internal sealed class SiteInBrowserTests
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly List<string> _noise = [];
    private string _site = "";
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    [OneTimeSetUp]
    public async Task Open()
    {
        if (Find() is not { } path)
        {
            Assert.Ignore($"No browser: none of {string.Join(", ", Names)} is on PATH, and BROWSER_PATH names none.");
            return;
        }

        _site = Directory.CreateTempSubdirectory("csk-site-").FullName;
        using var csk = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Path.Combine(AppContext.BaseDirectory, "csk.dll"), "docs", "--project", _site, "--out", Path.Combine(_site, "site")]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = await csk.StandardError.ReadToEndAsync();
        await csk.WaitForExitAsync();
        Assert.That(csk.ExitCode, Is.Zero, said);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] });
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        await (_browser?.CloseAsync() ?? Task.CompletedTask);
        _playwright?.Dispose();
        if (_site.Length > 0)
        {
            Directory.Delete(_site, recursive: true);
        }
    }

    [Test]
    public async Task Pages_are_accessible_quiet_and_fit(
        [Values("index", "coverage", "rules/CopilotJailbreakAttempt", "workbooks/CopilotActivity")] string page, [Values] bool isDark, [Values(1280, 375)] int width)
    {
        var tab = await OpenAsync(page, isDark ? ColorScheme.Dark : ColorScheme.Light, width);
        Assert.That(await tab.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"), Is.Zero);

        // Before axe, which fetches style sheets to read them: the pages' own policy refuses that.
        Assert.That(_noise, Is.Empty);
        var axe = await tab.RunAxe();
        Assert.That(axe.Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}"), Is.Empty);
    }

    [Test]
    public async Task The_keyboard_reaches_navigation_and_search_and_opens_what_it_finds()
    {
        var tab = await OpenAsync("index", ColorScheme.Light, 1280);
        await tab.Keyboard.PressAsync("Tab");
        Assert.That(await FocusedAsync("textContent"), Is.EqualTo("Skip to the content"));
        await tab.Keyboard.PressAsync("Tab");
        await tab.Keyboard.PressAsync("Tab");
        Assert.That(await FocusedAsync("textContent"), Is.EqualTo("Detections"));
        Assert.That(await tab.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"), Is.EqualTo("solid"));
        await tab.Keyboard.PressAsync("/");
        Assert.That(await FocusedAsync("id"), Is.EqualTo("search"));
        await tab.Keyboard.TypeAsync("jailbreak attempt");
        await tab.Keyboard.PressAsync("Enter");
        await tab.WaitForURLAsync("**/rules/CopilotJailbreakAttempt.html");
        Assert.That(_noise, Is.Empty);

        Task<string> FocusedAsync(string property) => tab.EvaluateAsync<string>($"document.activeElement.{property}");
    }

    private async Task<IPage> OpenAsync(string page, ColorScheme colours, int width)
    {
        _noise.Clear();
        var tab = await _browser!.NewPageAsync(new() { ColorScheme = colours, ViewportSize = new() { Width = width, Height = 800 } });
        tab.Console += (_, message) => _noise.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
        tab.PageError += (_, message) => _noise.Add(message);
        tab.Request += (_, request) => _noise.AddRange(request.Url.StartsWith("file:", StringComparison.Ordinal) || request.Url.StartsWith("data:", StringComparison.Ordinal) ? [] : [request.Url]);
        await tab.GotoAsync(new Uri(Path.Combine(_site, "site", page + ".html")).AbsoluteUri);
        return tab;
    }

    private static string? Find() => Environment.GetEnvironmentVariable("BROWSER_PATH") is { Length: > 0 } named
        ? named
        : (from name in Names
           from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
           let path = Path.Combine(folder, name)
           where File.Exists(path)
           select path).FirstOrDefault();
}
