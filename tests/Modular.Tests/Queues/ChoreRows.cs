using AngleSharp.Html.Dom;
using Modular.Sdk;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Queues;

/// <summary>Rows of the plugin's queue, and what people do with them at its pages.</summary>
internal sealed class ChoreRows(TestHost host)
{
    public const string List = "/panels/chores";

    public async Task<Guid> AddAsync(string text, int due = 1, bool urgent = false, Guid? location = null)
    {
        var id = Guid.CreateVersion7();
        await using var command = host.North.Database.CreateCommand("""
            insert into panels.chores (id, location_id, text, urgent, due_on) values ($1, $2, $3, $4, date '2026-06-01' + $5)
            """);
        foreach (var value in new object[] { id, location ?? TestHost.NorthMain, text, urgent, due })
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync();
        return id;
    }

    public Task ClearAsync() => RunAsync("delete from core.tasks where module = 'panels'; delete from panels.chores");

    public Task<string> OwnerAsync(Guid chore) => host.North.AskAsync<string>($"select coalesce(owner, '') from panels.chores where id = '{chore}'");

    public Task<long> TasksAsync(string where) => host.North.AskAsync<long>($"select count(*) from core.tasks where module = 'panels' and {where}");

    public Task<TestClient> SignInAsync(string role, Guid[]? locations = null) => host.SignInAsync(host.North, role, locations);

    public async Task<Guid> PersonAsync(string role) => (await host.People.EnsureAsync(host.North, role, null)).Id;

    public async Task<HttpResponseMessage> ActAsync(TestClient desk, string act, Guid[] rows, Guid? to = null, string on = List, string? back = null)
    {
        var token = ((IHtmlInputElement)(await desk.PageAsync(on)).QuerySelector("input[name=__RequestVerificationToken]")!).Value;
        return await PostAsync(desk, token, act, rows, to, back);
    }

    public static Task<HttpResponseMessage> PostAsync(TestClient desk, string token, string act, Guid[] rows, Guid? to = null, string? back = null,
        string queue = "panels.chore") => desk.Http.PostAsync($"/queues/{queue}/{act}", new FormUrlEncodedContent(
    [
        new("__RequestVerificationToken", token), new("to", $"{to}"), new("back", back ?? ""), .. rows.Select(r => KeyValuePair.Create("id", $"{r}")),
    ]));

    /// <summary>What the next page says of what was done.</summary>
    public static async Task<string> SaidAsync(TestClient desk, string on = List) => (await desk.PageAsync(on)).Body!.TextContent;

    private async Task RunAsync(string sql)
    {
        await using var command = host.North.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
