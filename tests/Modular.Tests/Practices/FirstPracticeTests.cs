using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Demo;
using Modular.Host.FirstRun;
using Modular.Host.Practices;
using Modular.Host.Start;
using Modular.Sdk;
using Modular.Tests.Harness;
using Modular.Tests.Partners;

namespace Modular.Tests.Practices;

public sealed class FirstPracticeTests
{
    [Fact]
    public async Task Two_hosts_that_start_together_on_an_empty_server_make_one_practice()
    {
        var catalogue = $"t{Guid.CreateVersion7():N}"[..20];
        await using var first = await TestHost.StartAsync(catalogue: catalogue);
        await using var second = await TestHost.StartAsync(catalogue: catalogue);

        await Task.WhenAll(new[] { first, second }.Select(host => FirstPractice.EnsureAsync(host.Services, TextWriter.Null, default)));

        foreach (var host in new[] { first, second })
        {
            Assert.Equal("practice", Assert.Single(host.Services.GetRequiredService<PracticeRegistry>().All).Row.Slug);
        }
    }

    [Fact]
    public async Task A_start_without_more_makes_no_demo_and_nobody_and_leads_to_the_page_that_asks_for_the_token()
    {
        var data = Directory.CreateTempSubdirectory("data-").FullName;
        await using var host = await TestHost.StartAsync(catalogue: $"t{Guid.CreateVersion7():N}"[..20], options: o => o with { DataDirectory = data });
        var console = new StringWriter();
        await FirstPractice.EnsureAsync(host.Services, console, default);
        var practice = Assert.Single(host.Services.GetRequiredService<PracticeRegistry>().All);
        using var client = host.Client(practice);
        var file = Path.Combine(data, "first-run-practice.token");

        Assert.False(practice.Row.Demo);
        Assert.Equal(0L, await CountAsync(practice, "core.people"));
        Assert.DoesNotContain(DemoSeeder.Password, console.ToString(), StringComparison.Ordinal);
        Assert.Equal("/first-run", (await client.GetAsync("/account/sign-in")).Headers.Location?.ToString());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var token = (await File.ReadAllTextAsync(file)).Trim();
        Assert.Contains($"/first-run?token={token}", console.ToString(), StringComparison.Ordinal);

        var done = await client.SubmitAsync(await client.PageAsync("/first-run"), "form#first-run", ("Token", token), ("Practice", "Elm Clinic"), ("Location", "Main"),
            ("Name", "Ada Vale"), ("SignInName", "ada"), ("Password", TestPeople.Password));

        Assert.Equal("/", done.Headers.Location?.ToString());
        Assert.Equal("Elm Clinic", practice.Name);
        Assert.False(File.Exists(file));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/first-run")).StatusCode);
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_demo_is_served_by_a_host_that_was_told_to_and_by_no_other()
    {
        await using var plain = await TestHost.StartAsync();
        await using var told = await TestHost.StartAsync(catalogue: plain.Catalogue, options: o => o with { Demo = true });
        var demo = await told.Services.GetRequiredService<PracticeMaker>().AddAsync(DemoPractice.Wanted with { Hosts = [] }, default);
        await plain.Services.GetRequiredService<PracticeRegistry>().ReloadAsync(default);
        var console = new StringWriter();
        await FirstPractice.EnsureAsync(plain.Services, console, default);

        Assert.Equal(0L, await CountAsync(demo, "core.people"));
        Assert.Contains("not served. It is a demo", console.ToString(), StringComparison.Ordinal);
        using var refused = plain.Client(demo);
        var answer = await refused.GetAsync("/account/sign-in");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("--demo", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var served = told.Client(demo);
        Assert.Equal(HttpStatusCode.OK, (await served.GetAsync("/account/sign-in")).StatusCode);
    }

    [Theory]
    [InlineData("0.0.0.0", null, false)]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("localhost", null, true)]
    [InlineData("[::1]", null, true)]
    [InlineData("127.0.0.1", "http://0.0.0.0:8080", false)]
    [InlineData("127.0.0.1", "http://127.0.0.1:8080;http://10.0.0.4:8080", false)]
    [InlineData("127.0.0.1", "http://*:8080", false)]
    [InlineData("127.0.0.1", "http://+:8080", false)]
    [InlineData("127.0.0.1", "http://clinic.example:80", false)]
    public void Who_reaches_a_host_is_told_from_what_it_listens_on(string bind, string? listen, bool alone) =>
        Assert.Equal(alone, new StartOptions { Bind = bind, Listen = listen }.IsLoopback);

    [Fact]
    public async Task A_demo_that_others_would_reach_is_refused()
    {
        var host = Path.Combine(Path.GetDirectoryName(TestHost.ModulesFolder())!, "Modular.Host.dll");

        var (code, said) = await Command.TryAsync("/", [], "dotnet", [host, "serve", "--demo", "--bind", "0.0.0.0"]);

        Assert.Equal(1, code);
        Assert.Contains("Everybody knows the passwords of the demo, so --demo serves this computer alone", said, StringComparison.Ordinal);
    }

    private static async Task<long> CountAsync(Practice practice, string table)
    {
        await using var command = practice.Database.CreateCommand($"select count(*) from {table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
