using System.Net;
using Modular.Tests.Harness;

namespace Modular.Tests.Partners;

/// <summary>Whoever works on a module reads what is wrong with it where they typed <c>dotnet run</c>, whole.</summary>
[Collection(typeof(PartnerCommands))]
public sealed class RunTellsTests(NewModule module) : IClassFixture<NewModule>
{
    [Fact]
    public async Task Every_refusal_of_a_module_is_printed_at_once()
    {
        await WithFileAsync("Requests/OpenPages.cs", """
            using Microsoft.AspNetCore.Mvc;
            using Modular.Sdk;
            namespace Modular.Referrals.Requests;
            public sealed class OpenPages : Slice
            {
                [HttpGet("/referrals/open")]
                public IActionResult Ask() => Ok();

                [HttpGet("/elsewhere"), Needs(ReferralsModule.Read)]
                public IActionResult Far() => Ok();

                [HttpGet("/referrals/wide")]
                public IActionResult Wide() => Ok();
            }
            """, () => RunAsync("refusals", (_, said) => Task.FromResult(
                said.Contains("The module referrals in", StringComparison.Ordinal)
                && said.Contains("Its page OpenPages (Ask) declares no permission.", StringComparison.Ordinal)
                && said.Contains("Its page OpenPages answers to /elsewhere", StringComparison.Ordinal)
                && said.Contains("Its page OpenPages (Wide) declares no permission.", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_failed_migration_is_printed_with_its_file_and_line() => await WithFileAsync("Migrations/0002_more.sql", """
        -- A semicolon; in a comment, and one in a text.
        alter table requests add column words text default 'a;b';

        create table more (
            id uuid primary key,
            request_id uuid references request
        );
        """, () => RunAsync("migrations", (_, said) => Task.FromResult(
            said.Contains("0002_more.sql, line 4: relation \"request\" does not exist (42P01)", StringComparison.Ordinal)
            || said.Contains("0002_more.sql, line 4: relation \\u0022request\\u0022 does not exist (42P01)", StringComparison.Ordinal))));

    [Fact]
    public async Task Exceptions_of_demo_data_and_of_panels_and_a_model_that_does_not_fit_are_printed_whole()
    {
        var index = Path.Combine(module.Folder, "ReferralsModule.cs");
        var request = Path.Combine(module.Folder, "Requests", "Request.cs");
        var (before, row) = (await File.ReadAllTextAsync(index), await File.ReadAllTextAsync(request));
        await File.WriteAllTextAsync(index, before.Replace(".Demo<DemoRequests>(order: 300)",
            ".Demo<Requests.BrokenDemo>(order: 0).Widget<Requests.BrokenWidget>(\"Broken\", Read, 41, Roles.FrontDesk)", StringComparison.Ordinal));
        await File.WriteAllTextAsync(request, row.Replace("public bool Overdue", "public string? Color { get; set; }\n    public bool Overdue", StringComparison.Ordinal));
        try
        {
            await WithFileAsync("Requests/Broken.cs", """
                using Modular.Sdk;
                namespace Modular.Referrals.Requests;
                public sealed class BrokenDemo : IDemoData
                {
                    public Task SeedAsync(DateOnly today, CancellationToken ct) => throw new InvalidOperationException("The words of the demo data");
                }

                public sealed class BrokenWidget : IWidget
                {
                    public Task<WidgetView?> LoadAsync(CancellationToken ct) => throw new InvalidOperationException("The words of the panel");
                }
                """, () => RunAsync("exceptions", async (client, said) =>
                {
                    // Not found until the demo practice was made; led on once signed in.
                    if (!said.Contains("The words of the panel", StringComparison.Ordinal)
                        && (await client.GetAsync("/account/sign-in")).StatusCode is var door and not HttpStatusCode.NotFound)
                    {
                        if (door == HttpStatusCode.OK)
                        {
                            await TestPeople.SignInAsync(client, "front-desk", "blue-kettle-porch");
                        }

                        await client.GetAsync("/");
                    }

                    return said.Contains("System.InvalidOperationException: The words of the demo data", StringComparison.Ordinal)
                        && said.Contains("System.InvalidOperationException: The words of the panel", StringComparison.Ordinal)
                        && said.Contains("Requests/Broken.cs:line 5", StringComparison.Ordinal) && said.Contains("Requests/Broken.cs:line 10", StringComparison.Ordinal)
                        && said.Contains("The model is not what the migrations made: referrals.requests.color is mapped but not in the database.", StringComparison.Ordinal);
                }));
        }
        finally
        {
            await File.WriteAllTextAsync(index, before);
            await File.WriteAllTextAsync(request, row);
        }
    }

    private async Task WithFileAsync(string name, string text, Func<Task> run)
    {
        var file = Path.Combine(module.Folder, name);
        await File.WriteAllTextAsync(file, text);
        try
        {
            await run();
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Until it has said what is expected; then it is ended as by a person.</summary>
    private async Task RunAsync(string data, Func<TestClient, string, Task<bool>> met)
    {
        var port = Command.FreePort();
        var environment = new Dictionary<string, string?>(module.Environment) { ["MODULAR_DATA"] = $"{module.Environment["MODULAR_DATA"]}-{data}" };
        using var run = Command.Start(module.Folder, environment, "dotnet", ["run", "--", "--port", $"{port}"], out var said);
        using var client = new TestClient(new($"http://127.0.0.1:{port}"), "localhost");
        try
        {
            Assert.True(await Command.UntilAsync(run, () => met(client, said())), said());
        }
        finally
        {
            await Command.RunAsync(module.Folder, [], "kill", "-TERM", $"{run.Id}");
            await run.WaitForExitAsync(CancellationToken.None);
        }
    }
}
