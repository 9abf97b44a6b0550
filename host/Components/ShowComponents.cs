using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Progress;
using Modular.Sdk;

namespace Modular.Host.Components;

/// <summary>Every part of every page in every state, from the real helpers: what visual checks look at, and where a module's author looks first.</summary>
[Needs("core.practice.manage")]
public sealed class ShowComponents : Slice
{
    private static readonly ListDefinition<SampleRow> List = new("core.components", "Sample patients")
    {
        Id = r => r.Id, Order = "name", Queue = SampleRow.Queue.Lines(), Search = new("Name"),
        Filters = [new("coverage", "Coverage", "Any coverage", new Dictionary<string, string> { ["Active"] = "Active" }, v => r => r.Coverage == v)],
        Columns =
        [
            new("name", "Name", r => r.Name) { Sort = r => r.Name, Main = true, Href = _ => "/admin/components/drawer", Drawer = true },
            new("born", "Born", r => r.Born),
            new("age", "Age", (r, ask) => Said.Age(r.Born, ask.Today)),
            new("coverage", "Coverage", _ => null) { Marks = r => [new(r.Coverage, r.Tone)] },
            new("balance", "Balance", r => r.Balance) { Sort = r => r.Balance, Right = true },
        ],
    };

    [HttpGet("/admin/components")]
    public Task<IActionResult> Get(ListQuery query)
    {
        var form = Sample();
        // The page shows what a refused form looks like without one being posted.
        ModelState.SetModelValue(nameof(form.Due), "13/45/2026", "13/45/2026");
        Refuse(nameof(form.Due), "13 is not a month.");
        Refuse(nameof(form.Payer), PlainWords.Needed);
        var asked = Asked(List, query);
        return ListAsync(asked, () => Task.FromResult(Found(asked)), () => Task.FromResult<IReadOnlyList<SampleRow>>(Found(asked).Rows),
            page => Task.FromResult<object>(Model(form, page)));
    }

    [HttpPost("/admin/components")]
    public IActionResult Post(SampleForm form) => ModelState.IsValid ? Done("/admin/components", "Saved; nothing was kept")
        : Invalid(Model(form, Found(Asked(List, new()))));

    [HttpGet("/admin/components/drawer")]
    public IActionResult Drawer() => View("_Drawer", Sample());

    [HttpGet("/admin/components/print")]
    public IActionResult Print() => View("_Print", Rows());

    /// <summary>The second page of many, so that the pager has something to show.</summary>
    private static ListPage<SampleRow> Found(ListRequest<SampleRow> asked) =>
        new([.. asked.Ordered(asked.Filtered(Rows().AsQueryable()))], 127, asked.Query)
        {
            Request = asked,
            Owners = [new(null, null, 2), new(Sampled, "Dana Cole", 1), new(asked.Ask.Me, asked.Ask.Actor.Name, 1)],
        };

    private static readonly Guid Sampled = Guid.Parse("00000000-0000-7000-8000-0000000000dc");

    private ComponentsPage Model(SampleForm form, ListPage<SampleRow> found)
    {
        var now = Clock.GetUtcNow();
        var job = new ProgressRow(Guid.Parse("00000000-0000-7000-8000-000000000001"), "Importing patients.csv", "/admin/components", 2000, 1280, "running", null, false, null, now.AddMinutes(-2), now);
        return new(form, found, now,
        [
            job, job with { Done = 0 }, job with { CancelAsked = true }, job with { State = "done", Done = 2000, Result = "1,996 added, 4 refused" },
            job with { State = "failed", Result = "The file ended in the middle of a row" },
        ]);
    }

    private static SampleForm Sample() => new() { Payer = "", Born = new(1948, 1, 5), Copay = 1240m, Phone = "5550104471", At = new(9, 30), Reminders = true };

    internal static List<SampleRow> Rows() =>
    [
        new(Guid.Parse("00000000-0000-7000-8000-00000000000a"), "Adler, Ruth", new(1962, 5, 17), "warn", "Card expired", 180m),
        new(Guid.Parse("00000000-0000-7000-8000-00000000000b"), "Haddad, Noor", new(1988, 3, 4), "bad", "Inactive", 0m)
        {
            OwnerId = Sampled, Owner = "Dana Cole",
        },
        new(Guid.Parse("00000000-0000-7000-8000-00000000000c"), "Kaur, Simran", new(1941, 1, 1), "ok", "Active", 42.1m),
        new(Guid.Parse("00000000-0000-7000-8000-00000000000d"), "Novak, Petra", new(1978, 8, 12), "", "Not checked", -30m),
    ];
}

public sealed record ComponentsPage(SampleForm Form, ListPage<SampleRow> List, DateTimeOffset Now, IReadOnlyList<ProgressRow> Jobs)
{
    /// <summary>A clock of 30 days that began so many days ago.</summary>
    public DeadlineClock Clock(int ago, int? paused = null)
    {
        var began = DateOnly.FromDateTime(Now.DateTime).AddDays(-ago);
        var clock = DeadlineClock.Start(new("45 CFR 164.524(b)(2)", Days: 30), began);
        if (paused is { } days)
        {
            clock.Pause(began.AddDays(days));
        }

        return clock;
    }
}

public sealed record SampleRow(Guid Id, string Name, DateOnly Born, string Tone, string Coverage, decimal Balance) : IVersioned, IOwned
{
    /// <summary>Declared by no module: its buttons show how they look.</summary>
    internal static readonly WorkQueue<SampleRow> Queue = new("core.sample", "sample", "/admin/components", "core.practice.manage")
    {
        Open = r => r.Coverage != "Active", Title = r => $"Ask {r.Name}", Link = _ => "/admin/components",
        Why = (r, _) => $"The coverage of {r.Name} is “{r.Coverage.ToLowerInvariant()}” and a visit is booked.",
    };

    public int Version { get; set; }
    public Guid? OwnerId { get; set; }
    public string? Owner { get; set; }
}

public sealed class SampleForm
{
    [StringLength(80)]
    public string Payer { get; set; } = "";

    [BirthDate]
    public DateOnly? Born { get; set; }

    public DateOnly? Due { get; set; }

    public TimeOnly? At { get; set; }

    public decimal? Copay { get; set; }

    [PhoneNumber]
    public string? Phone { get; set; }

    [EmailAddress]
    public string? Email { get; set; }

    public string? Location { get; set; }

    public string? Pays { get; set; }

    public string? Note { get; set; }

    public List<string> Days { get; set; } = [];

    public bool Reminders { get; set; }

    public bool Portal { get; set; }

    public IFormFile? Card { get; set; }

    [StringLength(80)]
    public string? Code { get; set; }
}
