using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Modular.Host.Outside;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Outside;

/// <summary>Calls to the internet never lead inside. The tests' own server stands on loopback, which only these rules allow.</summary>
public sealed class OutgoingTests
{
    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.0.10", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:93.184.216.34", true)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2", false)]
    public void Only_addresses_of_the_public_internet_are_called(string address, bool called) =>
        Assert.Equal(called, PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://example.org/", "must begin with https://")]
    [InlineData("ftp://example.org/", "must begin with https://")]
    [InlineData("https://name:word@example.org/", "hold no name or password")]
    [InlineData("https://localhost:5080/admin", "localhost is not an address on the public internet.")]
    [InlineData("https://127.0.0.1/", "is not an address on the public internet.")]
    [InlineData("https://169.254.169.254/latest/meta-data/", "is not an address on the public internet.")]
    [InlineData("https://[::1]/", "is not an address on the public internet.")]
    [InlineData("https://2130706433/", "is not an address on the public internet.")]
    public async Task Whoever_types_an_address_inside_reads_why_it_is_not_called(string address, string sentence)
    {
        using var client = new OutgoingClient();

        var refused = await Assert.ThrowsAsync<OutgoingRefusedException>(() => client.SendAsync(new(HttpMethod.Get, address), default));

        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_to_an_address_inside_is_refused_where_it_leads()
    {
        await using var server = await ServeAsync(app =>
        {
            app.MapGet("/hello", () => "hello");
            app.MapGet("/near", () => Results.Redirect("/hello"));
            app.MapGet("/inside", (HttpRequest request) => Results.Redirect($"http://127.0.0.2:{request.Host.Port}/hello"));
        });
        using var client = Client();

        using var near = await client.SendAsync(new(HttpMethod.Get, $"{server.Urls.First()}/near"), default);
        Assert.Equal("hello", await near.Content.ReadAsStringAsync());
        var refused = await Assert.ThrowsAsync<OutgoingRefusedException>(() => client.SendAsync(new(HttpMethod.Get, $"{server.Urls.First()}/inside"), default));
        Assert.Contains("127.0.0.2 is not an address", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_too_long_or_too_late_is_given_up()
    {
        await using var server = await ServeAsync(app =>
        {
            app.MapGet("/long", () => new string('x', 5000));
            app.MapGet("/never", (CancellationToken ct) => new TaskCompletionSource().Task.WaitAsync(ct));
        });
        using var client = Client();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(new(HttpMethod.Get, $"{server.Urls.First()}/long"), default));
        await Assert.ThrowsAsync<TaskCanceledException>(() => client.SendAsync(new(HttpMethod.Get, $"{server.Urls.First()}/never"), default));
    }

    [Fact]
    public async Task A_restored_copy_calls_nobody()
    {
        await using var host = await TestHost.StartAsync();
        host.North.Row = host.North.Row with { OutboundHeld = true };
        await using var scope = host.Scope(host.North);

        var refused = await Assert.ThrowsAsync<OutgoingRefusedException>(() =>
            scope.ServiceProvider.GetRequiredService<IOutgoing>().SendAsync(new(HttpMethod.Get, "https://example.org/")));

        Assert.Equal("This practice is a restored copy: what it would send is held.", refused.Message);
    }

    private static OutgoingClient Client() => new(new()
    {
        Scheme = "http", MayCall = IPAddress.Parse("127.0.0.1").Equals, MaxBytes = 1000, MaxTime = TimeSpan.FromSeconds(2),
    });

    private static async Task<WebApplication> ServeAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return app;
    }
}
