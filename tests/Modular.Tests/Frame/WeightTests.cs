using System.Diagnostics;
using AngleSharp.Html.Dom;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Frame;

/// <summary>The budgets of a page: 6 requests and 120 KB cold, one request and 25 KB warm, 40 KB of script; compressed bytes.</summary>
public sealed class WeightTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Theory]
    [InlineData("/")]
    [InlineData("/inbox")]
    [InlineData("/search?q=ad")]
    [InlineData("/admin/components")]
    public async Task A_page_keeps_within_its_budget(string url)
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);
        var page = await owner.PageAsync(url);
        var parts = Parts(page);

        var html = await BytesAsync(owner, url);
        var script = 0;
        var all = html;
        foreach (var part in parts)
        {
            var bytes = await BytesAsync(owner, part);
            all += bytes;
            script += part.EndsWith(".js", StringComparison.Ordinal) ? bytes : 0;
        }

        Assert.InRange(1 + parts.Count, 2, 6);
        Assert.InRange(html, 1, 25 * 1024);
        Assert.InRange(script, 1, 40 * 1024);
        Assert.InRange(all, 1, 120 * 1024);
    }

    [Fact]
    public async Task The_frame_costs_one_round_trip()
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);
        await owner.PageAsync("/admin/components/print");
        var trace = ActivityTraceId.CreateRandom();
        var commands = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = a => commands += a.Source.Name == "Npgsql" && a.TraceId == trace && a.OperationName != "CONNECT" ? 1 : 0,
        };
        ActivitySource.AddActivityListener(listener);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/components") { Headers = { { "traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01" } } };

        (await owner.Http.SendAsync(request)).EnsureSuccessStatusCode();

        // One for the session, remembered for a few seconds, and one for all of the frame.
        Assert.InRange(commands, 1, 2);
    }

    /// <summary>Every other address that the page makes a browser fetch.</summary>
    private static List<string> Parts(IHtmlDocument page) =>
    [
        .. page.QuerySelectorAll("link[rel=stylesheet], link[rel=icon]").Select(l => l.GetAttribute("href"))
            .Concat(page.QuerySelectorAll("script[src], img[src]").Select(s => s.GetAttribute("src")))
            .Concat(page.QuerySelectorAll("use").Select(u => u.GetAttribute("href")!.Split('#')[0]))
            .OfType<string>().Distinct(),
    ];

    private static async Task<int> BytesAsync(TestClient client, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { { "Accept-Encoding", "gzip, deflate, br" } } };
        var response = await client.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadAsByteArrayAsync()).Length;
    }
}
