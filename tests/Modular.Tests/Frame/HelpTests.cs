using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Help;
using Modular.Host.Installed;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Frame;

public sealed partial class HelpTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    private HelpBook Book => Host.Services.GetRequiredService<HelpBook>();

    private InstalledModules Modules => Host.Services.GetRequiredService<InstalledModules>();

    [Fact]
    public void Every_entry_of_the_rail_leads_to_a_page_with_help_of_its_own_module()
    {
        foreach (var module in Modules.WithCore.Where(m => m.Id is "core" or "patients" or "scheduling"))
        {
            Assert.All(module.Declared.Navigation, entry => Assert.Equal(module.Id, Book.About(entry.Path)?.Module));
        }
    }

    [Fact]
    public void What_the_help_points_to_is_there()
    {
        var folders = Host.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Select(e => (e.RoutePattern.RawText ?? "").Trim('/').Split('/')).Where(p => p.Length > 0)
            .SelectMany(p => new[] { p[0], p.ElementAtOrDefault(1) }).ToHashSet();
        var topics = Book.Of([.. Modules.WithCore.Select(m => m.Id)]).ToList();

        Assert.NotEmpty(topics);
        Assert.All(topics, topic =>
        {
            Assert.All(Links().Matches(topic.Html), link => Assert.NotNull(Book.Find(link.Groups[1].Value, link.Groups[2].Value)));
            Assert.All(topic.Covers.Append(topic.Id).Where(f => f != "index"), folder => Assert.Contains(folder, folders));
            Assert.DoesNotContain("<!--", topic.Html, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Help_opens_for_the_kind_of_page_it_was_asked_on_and_leads_to_the_others()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);

        var page = await desk.PageAsync("/help?page=/patients/scans");

        Assert.Equal("Scans and faxes", page.QuerySelector("h1")!.TextContent);
        Assert.Contains(page.QuerySelectorAll("section.help a"), a => a.GetAttribute("href") == "/help/patients/charts");
        Assert.Equal("/help?page=/patients", (await desk.PageAsync("/patients")).QuerySelector("a[data-key=F1]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task It_is_searched_by_all_words_and_says_so_when_nothing_holds_them()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);

        var found = await desk.PageAsync("/help?q=thirty+days+fee");
        var nothing = await desk.PageAsync("/help?q=%3Cb%3Ezeppelin");

        Assert.Equal("/help/patients/privacy", found.QuerySelector("section.help h3 a")!.GetAttribute("href"));
        Assert.Contains("Nothing holds all of these words", nothing.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("<b>zeppelin", nothing.QuerySelector("#help-q")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_chapter_is_printed_whole_and_is_a_PDF_too()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);

        var chapter = await desk.PageAsync("/help/patients");
        var pdf = await desk.GetAsync("/help/patients?pdf=1");

        Assert.Equal(Book.Of(["patients"]).Count(), chapter.QuerySelectorAll("article h2").Length);
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Help_of_a_module_that_is_not_there_and_a_topic_nobody_wrote_are_not_found()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);

        foreach (var path in (string[])["/help/nothere", "/help/nothere/index", "/help/patients/..%2Findex"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync(path)).StatusCode);
        }
    }

    [GeneratedRegex("href=\"/help/([^/\"]+)/([^\"]+)\"")]
    private static partial Regex Links();
}
