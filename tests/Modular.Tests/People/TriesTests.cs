using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Programs.Tokens;
using Modular.Host.SignIn;
using Modular.Sdk;
using Modular.Tests.Api;
using Modular.Tests.Harness;

namespace Modular.Tests.People;

/// <summary>How often somebody may try, from where, and whom that holds up. The balancer before the host is this machine, so that a test has addresses.</summary>
public sealed class TriesTests : IAsyncLifetime
{
    private const string Home = "198.51.100.7";
    private const string Stranger = "203.0.113.9";
    private readonly TestClock clock = new();
    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync(
        builder => builder.Services.AddSingleton<TimeProvider>(clock), options: o => o with { Proxies = [IPNetwork.Parse("127.0.0.1/32")] });

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_stranger_who_guesses_elsewhere_does_not_hold_up_the_person_at_their_desk()
    {
        var person = await host.People.AddAsync(host.North, "held.up", [Roles.Nurse]);
        using var desk = From(Home);
        using var stranger = From(Stranger);
        Assert.Equal(HttpStatusCode.Redirect, (await TestPeople.SignInAsync(desk, person.UserName!)).StatusCode);
        using var again = From(Home);
        for (var i = 0; i < SignInAttempts.PerName; i++)
        {
            await TestPeople.SignInAsync(stranger, person.UserName!, $"guess number {i} of many");
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await TestPeople.SignInAsync(stranger, person.UserName!)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await TestPeople.SignInAsync(again, person.UserName!)).StatusCode);
        clock.Move(SignInAttempts.LockedFor + TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Redirect, (await TestPeople.SignInAsync(stranger, person.UserName!)).StatusCode);
    }

    [Fact]
    public async Task Many_machines_together_get_no_more_and_still_hold_up_nobody_where_they_were_before()
    {
        var person = await host.People.AddAsync(host.North, "many.machines", [Roles.Nurse]);
        using var desk = From(Home);
        await TestPeople.SignInAsync(desk, person.UserName!);
        for (var i = 0; i < SignInAttempts.PerNameElsewhere; i++)
        {
            using var machine = From($"203.0.113.{i / 3 + 10}");
            await TestPeople.SignInAsync(machine, person.UserName!, $"guess number {i} of many");
        }

        using var another = From("192.0.2.1");
        using var again = From(Home);
        Assert.Contains("Too many wrong tries", await (await TestPeople.SignInAsync(another, person.UserName!)).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await TestPeople.SignInAsync(again, person.UserName!)).StatusCode);
    }

    [Fact]
    public async Task One_who_tries_many_names_from_the_same_network_does_not_hold_up_those_who_work_there()
    {
        var person = await host.People.AddAsync(host.North, "same.network", [Roles.Nurse]);
        using var desk = From(Home);
        await TestPeople.SignInAsync(desk, person.UserName!);
        using var neighbor = From(Home);
        for (var i = 0; i < SignInAttempts.PerAddress; i++)
        {
            await TestPeople.SignInAsync(neighbor, $"nobody.{i}", "one password for all of them");
        }

        Assert.Contains("Too many wrong tries", await (await TestPeople.SignInAsync(neighbor, "one.more")).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await TestPeople.SignInAsync(neighbor, person.UserName!)).StatusCode);
    }

    [Fact]
    public async Task Guesses_at_once_are_looked_at_no_more_often_than_one_after_the_other()
    {
        var person = await host.People.AddAsync(host.North, "all.at.once", [Roles.Nurse]);
        using var client = From(Stranger);
        var page = await client.PageAsync("/account/sign-in");

        // The right one among them all comes in only if it is one of the first five.
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => client.SubmitAsync(page, "form#sign-in", ("Name", person.UserName!), ("Password", $"guess number {i} of many"))));

        var texts = await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync()));
        Assert.Equal(SignInAttempts.PerName - 1, texts.Count(t => t.Contains("do not go together", StringComparison.Ordinal)));
        Assert.Contains("Too many wrong tries", await (await TestPeople.SignInAsync(client, person.UserName!)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_open_session_has_counters_of_its_own()
    {
        var person = await host.People.AddAsync(host.North, "own.counters", [Roles.Manager]);
        using var desk = From(Home);
        await TestPeople.SignInAsync(desk, person.UserName!);
        for (var i = 0; i <= SignInAttempts.PerName; i++)
        {
            using var guess = From(Home);
            await TestPeople.SignInAsync(guess, person.UserName!, $"guess number {i} of many");
        }

        // Step-up is counted for itself, and so is the lock.
        for (var i = 0; i <= SignInAttempts.PerName; i++)
        {
            await desk.SubmitAsync(await desk.PageAsync("/account/confirm"), "form#confirm", ("password", $"guess number {i} of many"));
        }

        Assert.Contains("Too many wrong tries", await (await desk.SubmitAsync(await desk.PageAsync("/account/confirm"), "form#confirm", ("password", TestPeople.Password))).Content.ReadAsStringAsync());
        var locked = await desk.LockAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await desk.SubmitAsync(locked, "form#unlock", ("password", TestPeople.Password))).StatusCode);
        await desk.PageAsync("/account");
    }

    [Theory]
    [InlineData("/account/welcome/guess")]
    public async Task Links_are_not_tried_without_end_and_one_that_is_right_costs_nothing(string address)
    {
        using var stranger = From(Stranger);
        for (var i = 0; i < LinkTries.PerMinute; i++)
        {
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await stranger.GetAsync($"{address}{i}")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await stranger.GetAsync($"{address}x")).StatusCode);
        using var elsewhere = From(Home);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await elsewhere.GetAsync($"{address}x")).StatusCode);
    }

    [Fact]
    public async Task Secrets_of_a_program_are_counted_before_they_are_looked_at_and_shut_out_no_other()
    {
        using var one = await ApiClient.ConnectAsync(host, host.North, ["patients.patient.read"]);
        using var other = await ApiClient.ConnectAsync(host, host.North, ["patients.patient.read"]);

        var answers = await Task.WhenAll(Enumerable.Range(0, Tries.PerMinute + 20).Select(i => one.AskTokenAsync(secret: $"mps_guess{i}")));

        Assert.Equal(Tries.PerMinute, answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized));
        using var right = await one.AskTokenAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
        Assert.NotNull(right.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, (await other.AskTokenAsync()).StatusCode);
        clock.Move(TimeSpan.FromMinutes(1.1));
        for (var i = 0; i < Tries.PerMinute + 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await one.AskTokenAsync()).StatusCode);
        }
    }

    /// <summary>A desk at this address, as the balancer tells it.</summary>
    private TestClient From(string address)
    {
        var client = host.Client(host.North);
        client.Http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return client;
    }
}
