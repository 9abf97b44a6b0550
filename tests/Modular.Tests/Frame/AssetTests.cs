using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Assets;
using Modular.Host.Practices;
using Modular.Tests.Harness;

namespace Modular.Tests.Frame;

public sealed class AssetTests(PanelsHost panels) : IClassFixture<PanelsHost>
{
    private TestHost Host => panels.Host;

    private AssetStore Assets => Host.Services.GetRequiredService<AssetStore>();

    [Fact]
    public async Task A_file_under_its_hash_is_kept_for_ever_and_answers_304_to_who_has_it()
    {
        using var client = Host.Client(Host.North);
        var url = Assets.ThemeUrl("default", Theme.Styles);

        var first = await client.GetAsync(url);
        using var again = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { { "If-None-Match", first.Headers.ETag!.ToString() } } };

        Assert.Equal("public, max-age=31536000, immutable", first.Headers.CacheControl!.ToString());
        Assert.Equal("text/css", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NotModified, (await client.Http.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task A_stale_hash_gets_the_present_file_unkept()
    {
        using var client = Host.Client(Host.North);

        var response = await client.GetAsync("/_theme/default/stale0000000/icons.svg");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoCache);
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("identity", null)]
    public async Task The_browser_gets_the_smallest_form_it_takes(string accepts, string? encoding)
    {
        using var client = Host.Client(Host.North);
        using var request = new HttpRequestMessage(HttpMethod.Get, Assets.ModuleUrl("panels", "panels.css")) { Headers = { { "Accept-Encoding", accepts } } };

        var response = await client.Http.SendAsync(request);

        Assert.Equal(encoding is null ? [] : [encoding], response.Content.Headers.ContentEncoding);
        Assert.Equal(encoding is null, (await response.Content.ReadAsByteArrayAsync()).Length > 1000);
    }

    [Fact]
    public async Task A_module_that_is_off_has_no_files_here()
    {
        using var north = Host.Client(Host.North);
        using var south = Host.Client(Host.South);
        var url = Assets.ModuleUrl("panels", "panels.css");
        await using (var off = Host.South.Database.CreateCommand("update core.modules set state = 'off' where module = 'panels'"))
        {
            await off.ExecuteNonQueryAsync();
        }

        await Host.Services.GetRequiredService<PracticeRegistry>().ChangedAsync(Host.South, default);

        Assert.Equal(HttpStatusCode.OK, (await north.GetAsync(url)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await south.GetAsync(url)).StatusCode);
    }

    [Theory]
    [InlineData("/_content/panels/x/../../module.json")]
    [InlineData("/_content/panels/x/%2e%2e/module.json")]
    [InlineData("/_theme/default/x/theme.json")]
    [InlineData("/_theme/default")]
    public async Task Nothing_but_listed_files_is_served(string url)
    {
        using var client = Host.Client(Host.North);

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(url)).StatusCode);
    }

    [Fact]
    public void A_theme_that_changes_tokens_only_has_everything_else_of_its_base()
    {
        var (clinic, basic) = (Assets.Themes["clinic"], Assets.Themes["default"]);

        Assert.Equal(basic.Find("icons.svg")!.Hash, clinic.Find("icons.svg")!.Hash);
        Assert.Equal(basic.Find(Theme.Scripts)!.Hash, clinic.Find(Theme.Scripts)!.Hash);
        Assert.NotEqual(basic.Find(Theme.Styles)!.Hash, clinic.Find(Theme.Styles)!.Hash);
    }
}
