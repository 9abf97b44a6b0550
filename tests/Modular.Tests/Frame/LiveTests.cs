using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.SignedIn;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Frame;

public sealed class LiveTests(PanelsHost panels) : IClassFixture<PanelsHost>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private TestHost Host => panels.Host;

    [Fact]
    public async Task A_change_at_another_host_reaches_the_open_page_and_only_topics_that_its_person_may_follow()
    {
        await using var other = await panels.AnotherAsync();
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        using var stream = await OpenAsync(desk, "panels.secret,panels.page");

        await ChangeAsync(other, "panels.secret", "1");
        await ChangeAsync(other, "panels.page", "2026-11-23");

        Assert.Equal("""data: {"topic":"panels.page","id":"2026-11-23"}""", await NextAsync(stream));
    }

    [Fact]
    public async Task A_change_is_told_when_its_write_commits_and_not_when_it_rolls_back()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        using var stream = await OpenAsync(desk, "panels.page");
        await using (var scope = Host.Scope(Host.North))
        {
            var live = scope.ServiceProvider.GetRequiredService<ILive>();
            var work = scope.ServiceProvider.GetRequiredService<IWork>();
            await using (await work.BeginAsync())
            {
                live.Changed("panels.page", "rolled-back");
            }

            await using var write = await work.BeginAsync();
            live.Changed("panels.page", "committed");
            await write.CommitAsync();
        }

        Assert.Contains("committed", await NextAsync(stream));
    }

    [Fact]
    public async Task The_stream_ends_with_the_session()
    {
        await Host.People.AddAsync(Host.North, "leaver", [Roles.FrontDesk]);
        using var leaver = Host.Client(Host.North);
        await TestPeople.SignInAsync(leaver, "leaver");
        using var stream = await OpenAsync(leaver, "panels.page");

        var person = await PersonAsync("leaver");
        await Host.Services.GetRequiredService<Sessions>().EndAllAsync(Host.North, person, "test", null, default);

        Assert.Null(await NextAsync(stream));
    }

    [Fact]
    public async Task Nobody_may_follow_a_topic_of_another_role()
    {
        using var nurse = await Host.SignInAsync(Host.North, Roles.Nurse);
        using var stranger = Host.Client(Host.North);

        Assert.Equal(HttpStatusCode.Forbidden, (await nurse.GetAsync("/live?topics=panels.page")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await stranger.GetAsync("/live?topics=panels.page")).StatusCode);
    }

    [Fact]
    public async Task Whoever_works_at_one_location_hears_nothing_of_another_from_this_host_or_the_next()
    {
        await using var other = await panels.AnotherAsync();
        using var lake = await Host.SignInAsync(Host.North, Roles.FrontDesk, [TestHost.NorthLake]);
        using var stream = await OpenAsync(lake, "panels.page");

        foreach (var host in new[] { Host, other })
        {
            await using (var scope = host.Scope(host.North))
            {
                var live = scope.ServiceProvider.GetRequiredService<ILive>();
                live.Changed("panels.page", TestHost.NorthMain.ToString("N"));
                live.Changed("panels.page", "2026-11-23", TestHost.NorthMain);
                live.Changed("panels.page", "", TestHost.NorthMain);
                live.Changed("panels.page", "mine", TestHost.NorthLake);
            }

            Assert.Equal("""data: {"topic":"panels.page","id":"mine"}""", await NextAsync(stream));
        }
    }

    [Fact]
    public void What_modules_tell_of_a_place_says_the_place_and_never_names_a_patient()
    {
        var told = Directory.EnumerateFiles(Path.Combine(Repository.Root, "modules"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => File.ReadLines(file).Where(line => line.Contains("live.Changed(", StringComparison.Ordinal)).Select(line => line.Trim())).ToList();

        Assert.NotEmpty(told);
        Assert.All(told, line => Assert.DoesNotContain("patient", line.Replace("PatientsModule.", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
        Assert.All(told, line => Assert.Matches("(location|place)", line.ToLowerInvariant()));
    }

    private static async Task<StreamReader> OpenAsync(TestClient client, string topics)
    {
        var response = await client.Http.GetAsync($"/live?topics={topics}", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        return new(await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; null when the stream ended.</summary>
    private static async Task<string?> NextAsync(StreamReader stream)
    {
        using var patience = new CancellationTokenSource(Patience);
        string? line;
        do
        {
            line = await stream.ReadLineAsync(patience.Token);
        }
        while (line is not null && !line.StartsWith("data:", StringComparison.Ordinal));
        return line;
    }

    private static async Task ChangeAsync(TestHost host, string topic, string key)
    {
        await using var scope = host.Scope(host.North);
        scope.ServiceProvider.GetRequiredService<ILive>().Changed(topic, key);
    }

    private async Task<Guid> PersonAsync(string name)
    {
        await using var command = Host.North.Database.CreateCommand("select id from core.people where user_name = $1");
        command.Parameters.Add(new() { Value = name });
        return (Guid)(await command.ExecuteScalarAsync())!;
    }
}
