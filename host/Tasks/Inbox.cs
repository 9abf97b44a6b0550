using Microsoft.AspNetCore.Mvc;
using Modular.Host.Installed;
using Modular.Sdk;

namespace Modular.Host.Tasks;

/// <summary>All work from every module, for this person and their roles.</summary>
[OpenTo(Audience.SignedIn, "Everybody has an inbox; each task asks for its own permission.")]
public sealed class Inbox(TaskInbox inbox, InstalledModules modules, ChosenLocation place, IPractice practice) : Slice
{
    [HttpGet("/inbox")]
    public async Task<IActionResult> Get(ListQuery query, string? view, CancellationToken ct)
    {
        var asked = view switch { "all" => TaskView.All, "later" => TaskView.Snoozed, _ => TaskView.Mine };
        var page = await inbox.ListAsync(asked, query, ct);
        var zone = place.Location?.Zone ?? practice.Zone;
        var now = Clock.GetUtcNow();
        return Page(new InboxPage(asked, new([.. page.Rows.Select(t => TaskLine.Of(t, modules, zone, now))], page.Total, query)));
    }

    [HttpPost("/inbox/done")]
    public Task<IActionResult> MarkDone(Guid[] id, CancellationToken ct) =>
        EachAsync(id, task => inbox.DoneAsync(task, ct), n => $"{Said.Many(n, "task")} done");

    [HttpPost("/inbox/take")]
    public Task<IActionResult> Take(Guid[] id, CancellationToken ct) =>
        EachAsync(id, task => inbox.AssignAsync(task, Actor.PersonId, ct), n => $"{Said.Many(n, "task")} taken on");

    [HttpPost("/inbox/give-back")]
    public Task<IActionResult> GiveBack(Guid[] id, CancellationToken ct) =>
        EachAsync(id, task => inbox.AssignAsync(task, null, ct), n => $"{Said.Many(n, "task")} given back to the team");

    /// <summary>Until eight in the morning, tomorrow.</summary>
    [HttpPost("/inbox/tomorrow")]
    public Task<IActionResult> Tomorrow(Guid[] id, CancellationToken ct)
    {
        var zone = place.Location?.Zone ?? practice.Zone;
        var until = WallTime.Instant(WallTime.Today(Clock, zone).AddDays(1), new TimeOnly(8, 0), zone);
        return EachAsync(id, task => inbox.SnoozeAsync(task, until, ct), n => $"{Said.Many(n, "task")} put off to tomorrow");
    }

    private async Task<IActionResult> EachAsync(Guid[] ids, Func<Guid, Task<bool>> change, Func<int, string> said)
    {
        var changed = 0;
        foreach (var id in ids.Distinct().Take(ListQuery.PageSize))
        {
            changed += await change(id) ? 1 : 0;
        }

        return Done("/inbox", changed == 0 ? "Choose a task first" : said(changed));
    }
}

public sealed record InboxPage(TaskView View, ListPage<TaskLine> Page);
