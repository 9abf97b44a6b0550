using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Keys;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Api;

/// <summary>Signing keys and tokens over time.</summary>
public sealed class KeyTests : IAsyncLifetime
{
    private const string Anything = "/api/patients?limit=1";
    private readonly TestClock clock = new();
    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock));

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_token_runs_out_after_ten_minutes()
    {
        using var api = await ApiClient.ConnectAsync(host, host.North, ["patients.patient.read"]);

        clock.Move(AccessTokens.Lasts - TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync(Anything)).StatusCode);
        clock.Move(TimeSpan.FromMinutes(1));
        using var late = await api.GetAsync(Anything);

        await late.ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_next_key_is_shown_a_day_before_it_signs_and_the_one_before_is_believed_a_day_longer()
    {
        using var api = await ApiClient.ConnectAsync(host, host.North, ["patients.patient.read"]);
        var first = Assert.Single(await KidsAsync(api));

        clock.Move(SigningKeys.SignsFor - SigningKeys.Overlap + TimeSpan.FromMinutes(1));
        Assert.Equal(first, await KidOfTokenAsync(api));
        var both = await KidsAsync(api);
        Assert.Equal(2, both.Count);
        clock.Move(SigningKeys.Overlap);
        var second = await KidOfTokenAsync(api);
        Assert.Equal(Assert.Single(both, k => k != first), second);
        Assert.Contains(first, await KidsAsync(api));
        clock.Move(SigningKeys.Overlap);

        Assert.Equal([second], await KidsAsync(api));
    }

    [Fact]
    public async Task A_key_that_is_replaced_leaves_its_tokens_their_minutes_and_signs_no_other()
    {
        using var api = await ApiClient.ConnectAsync(host, host.North, ["patients.patient.read"]);
        var before = Assert.Single(await KidsAsync(api));

        await host.Services.GetRequiredService<SigningKeys>().ReplaceAsync(host.North, default);

        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync(Anything)).StatusCode);
        Assert.NotEqual(before, await KidOfTokenAsync(api));
        clock.Move(AccessTokens.Lasts + TimeSpan.FromMinutes(1));
        Assert.DoesNotContain(before, await KidsAsync(api));
    }

    [Fact]
    public async Task Two_hosts_make_one_key_and_believe_each_others_tokens()
    {
        await using var second = await TestHost.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock), host.Catalogue);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? host : second).Services.GetRequiredService<SigningKeys>().CurrentAsync(host.South, default)));

        Assert.Equal(1L, await host.South.AskAsync<long>("select count(*) from core.signing_keys"));
    }

    private static async Task<List<string>> KidsAsync(ApiClient api) =>
        [.. (await api.Http.GetFromJsonAsync<JsonElement>("/.well-known/jwks")).GetProperty("keys").EnumerateArray().Select(k => k.GetProperty("kid").GetString()!)];

    private static async Task<string> KidOfTokenAsync(ApiClient api)
    {
        using var answer = await api.AskTokenAsync();
        var token = (await answer.BodyAsync(HttpStatusCode.OK)).GetProperty("access_token").GetString()!;
        return JsonDocument.Parse(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(token.Split('.')[0])).RootElement.GetProperty("kid").GetString()!;
    }
}
