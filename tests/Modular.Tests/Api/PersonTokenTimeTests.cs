using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Callers;
using Modular.Host.Keys;
using Modular.Host.Practices;
using Modular.Host.Programs.Tokens;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Api;

/// <summary>Codes and tokens of people over time, and what becomes of their rows.</summary>
public sealed class PersonTokenTimeTests : IAsyncLifetime
{
    private const string Read = "patients.patient.read";
    private const string Anything = "/api/patients?limit=1";
    private readonly TestClock clock = new();
    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock));

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_code_serves_a_minute_an_access_token_ten_and_all_ends_with_the_session()
    {
        using var app = await PersonApp.ConnectAsync(host, host.North, [Read]);
        using var desk = await host.SignInAsync(host.North, Roles.FrontDesk);
        var late = (await PersonApp.AnswerAsync(desk, app.Address(Read)))["code"];
        var (access, refresh, _) = await app.EnterAsync(desk, $"{Read} offline_access");

        clock.Move(TimeSpan.FromMinutes(2));
        Assert.Equal("invalid_grant", await PersonApp.ErrorAsync(await app.RedeemAsync(late)));
        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync(access, Anything)).StatusCode);
        clock.Move(AccessTokens.Lasts);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.CallAsync(access, Anything)).StatusCode);
        // Nobody clicked for hours: the desk is locked, and the app goes on as long as the session does.
        clock.Move(Session.AbsoluteLimit - TimeSpan.FromHours(1));
        using var refreshed = await app.RefreshAsync(refresh!);
        var next = await refreshed.BodyAsync(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync(next.GetProperty("access_token").GetString()!, Anything)).StatusCode);
        clock.Move(TimeSpan.FromHours(1));

        Assert.Equal(HttpStatusCode.Unauthorized, (await app.CallAsync(next.GetProperty("access_token").GetString()!, Anything)).StatusCode);
        Assert.Equal("invalid_grant", await PersonApp.ErrorAsync(await app.RefreshAsync(next.GetProperty("refresh_token").GetString()!)));
    }

    [Fact]
    public async Task A_key_that_is_replaced_ends_codes_and_refresh_tokens_with_the_access_tokens()
    {
        using var app = await PersonApp.ConnectAsync(host, host.North, [Read]);
        using var desk = await host.SignInAsync(host.North, Roles.FrontDesk);
        var (_, first, _) = await app.EnterAsync(desk, $"{Read} offline_access");
        var (_, second, _) = await app.EnterAsync(desk, $"{Read} offline_access");

        await host.Services.GetRequiredService<SigningKeys>().ReplaceAsync(host.North, default);

        Assert.Equal(HttpStatusCode.OK, (await app.RefreshAsync(first!)).StatusCode);
        clock.Move(AccessTokens.Lasts + TimeSpan.FromMinutes(1));
        Assert.Equal("invalid_grant", await PersonApp.ErrorAsync(await app.RefreshAsync(second!)));
    }

    [Fact]
    public async Task Rows_of_tokens_that_ran_out_are_deleted_and_those_that_count_stay_and_what_was_deleted_is_no_error()
    {
        using var app = await PersonApp.ConnectAsync(host, host.North, [Read]);
        using (var desk = await host.SignInAsync(host.North, Roles.FrontDesk))
        {
            var (_, old, _) = await app.EnterAsync(desk, $"{Read} offline_access");
            clock.Move(TimeSpan.FromHours(13));
            using var today = await host.SignInAsync(host.North, Roles.FrontDesk);
            var (access, _, _) = await app.EnterAsync(today, $"{Read} offline_access");
            clock.Move(TimeSpan.FromMinutes(1));
            await PruneAsync();
            Assert.Equal(2L, await CountAsync("program_authorizations"));
            clock.Move(TimeSpan.FromHours(24));
            await PruneAsync();

            Assert.Equal(1L, await CountAsync("program_authorizations"));
            Assert.Equal(3L, await CountAsync("program_tokens"));
            Assert.Equal("invalid_grant", await PersonApp.ErrorAsync(await app.RefreshAsync(old!)));
            Assert.Equal(HttpStatusCode.Unauthorized, (await app.CallAsync(access, Anything)).StatusCode);
        }

        await using var command = host.North.Database.CreateCommand("delete from core.program_tokens; delete from core.program_authorizations");
        using var again = await host.SignInAsync(host.North, Roles.FrontDesk);
        var (lost, gone, _) = await app.EnterAsync(again, $"{Read} offline_access");
        await command.ExecuteNonQueryAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.CallAsync(lost, Anything)).StatusCode);
        Assert.Equal("invalid_grant", await PersonApp.ErrorAsync(await app.RefreshAsync(gone!)));
    }

    [Fact]
    public async Task A_program_leaves_no_row_for_the_tokens_it_gets_for_itself()
    {
        using var api = await ApiClient.ConnectAsync(host, host.North, [Read]);

        Assert.Equal((0L, 0L), (await CountAsync("program_tokens"), await CountAsync("program_authorizations")));
    }

    private Task<long> CountAsync(string table) => host.North.AskAsync<long>($"select count(*) from core.{table}");

    private async Task PruneAsync()
    {
        await using var scope = host.Services.OpenScope(host.North, Actor.System("test"));
        await ActivatorUtilities.CreateInstance<PruneTokensHandler>(scope.ServiceProvider).HandleAsync(new(), default);
    }
}
