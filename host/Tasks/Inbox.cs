using Microsoft.AspNetCore.Mvc;
using Modular.Host.Installed;
using Modular.Sdk;

namespace Modular.Host.Tasks;

/// <summary>All work from every module, for this person and their roles.</summary>
[OpenTo(Audience.SignedIn, "Everybody has an inbox; each task asks for its own permission.")]
public sealed class Inbox(TaskInbox inbox, InstalledModules modules, ChosenLocation place, IPractice practice) : Slice
{
    internal static readonly ListDefinition<TaskLine> List = new("core.tasks", "Tasks")
    {
        // The tabs; the inbox finds its tasks, and notes who saw which patients, by itself.
        Id = t => t.Id, Also = ["view"], Search = new("Words in the task"),
        Columns =
        [
            new("due", "Due", t => t.When) { Class = "tight" },
            new("task", "Task", t => t.Title) { Main = true, Href = t => t.ModuleOff ? null : t.Link, Marks = t => t.ModuleOff
                ? [new($"{t.From} is off", "warn")] : [] },
            new("from", "From", t => t.From) { Optional = 1, Class = "muted" },
            new("by", "By", t => t.By) { Class = "r nowrap" },
        ],
    };

    [HttpGet("/inbox")]
    [Export]
    public Task<IActionResult> Get(ListQuery query, string? view, CancellationToken ct)
    {
        var asked = view switch { "all" => TaskView.All, "later" => TaskView.Snoozed, _ => TaskView.Mine };
        return ListAsync(Asked(List, query), () => LinesAsync(asked, query, ct), () => AllAsync(asked, query, ct),
            page => Task.FromResult<object>(new InboxPage(asked, page)));
    }

    private async Task<ListPage<TaskLine>> LinesAsync(TaskView view, ListQuery query, CancellationToken ct)
    {
        var page = await inbox.ListAsync(view, query, ct);
        var (zone, now) = (place.Location?.Zone ?? practice.Zone, Clock.GetUtcNow());
        return new([.. page.Rows.Select(t => TaskLine.Of(t, modules, zone, now))], page.Total, query);
    }

    private async Task<IReadOnlyList<TaskLine>> AllAsync(TaskView view, ListQuery query, CancellationToken ct)
    {
        var all = new List<TaskLine>();
        ListPage<TaskLine> page;
        var number = 1;
        do
        {
            page = await LinesAsync(view, new() { Text = query.Text, Page = number++ }, ct);
            all.AddRange(page.Rows);
        }
        while (page.HasNext);
        return all;
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

        return Done("/inbox", changed > 0 ? said(changed)
            : ids.Length == 0 ? "Choose a task first" : "Nothing was changed: this is done by now, or somebody else has it.");
    }
}

public sealed record InboxPage(TaskView View, ListPage<TaskLine> Page);
