using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Core.Calendar;

/// <summary>The practice's year: on which federal holidays it is closed, and its own closed days.</summary>
public sealed class Calendar(CoreDb db, CoreChanges changes, Authority authority, IPractice practice) : Slice
{
    /// <summary>Those of before are as the law had them; further ahead the law may be another by then.</summary>
    private const int FirstYear = 2000, YearsAhead = 10;

    /// <param name="Fault">Why the present person cannot close the practice; null when they can.</param>
    public sealed record Model(YearCalendar Year, int ThisYear, string? Fault)
    {
        public bool HasEarlier => Year.Year > FirstYear;

        public bool HasLater => Year.Year < ThisYear + YearsAhead;
    }

    [HttpGet("/admin/calendar")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Get(int? year, CancellationToken ct) =>
        Page(new Model(await YearCalendar.ReadAsync(db, Fitting(year), ct), ThisYear, authority.FaultAt(null)));

    [HttpGet("/admin/calendar/print")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Print(int? year, CancellationToken ct) =>
        View("CalendarPrint", await YearCalendar.ReadAsync(db, Fitting(year), ct));

    /// <summary>The practice is closed on a holiday; without a key, on all of the year that nobody decided about.</summary>
    [HttpPost("/admin/calendar/close")]
    [Needs("core.practice.manage")]
    public Task<IActionResult> Close(int year, string? holiday, CancellationToken ct) => DecideAsync(year, holiday, closed: true, ct);

    /// <summary>The practice works on a holiday.</summary>
    [HttpPost("/admin/calendar/open")]
    [Needs("core.practice.manage")]
    public Task<IActionResult> Open(int year, string holiday, CancellationToken ct) => DecideAsync(year, holiday, closed: false, ct);

    private int ThisYear => WallTime.Today(Clock, practice.Zone).Year;

    private int Fitting(int? year) => Math.Clamp(year ?? ThisYear, FirstYear, ThisYear + YearsAhead);

    private async Task<IActionResult> DecideAsync(int year, string? holiday, bool closed, CancellationToken ct)
    {
        var back = $"/admin/calendar?year={Fitting(year)}";
        if (authority.FaultAt(null) is { } fault)
        {
            return Done(back, fault);
        }

        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync("closures of holidays", ct);
        var lines = (await YearCalendar.ReadAsync(db, Fitting(year), ct)).Holidays;
        var meant = lines.Where(l => holiday is null ? l.Closed is null : l.Holiday.Key == holiday && l.Closed != closed);
        var rows = await db.Closures.Where(c => c.Holiday != null).ToListAsync(ct);
        Closure[] decided = [.. meant.Select(l => Decided(rows, l.Holiday, closed))];
        if (decided.Length == 0)
        {
            return Done(back, "Nothing was left to change.");
        }

        await changes.CommitAsync(write, ct, decided);
        return Done(back, decided is [var one]
            ? $"{(closed ? "Closed" : "Open")} on {one.Reason}, {Said.FullDay(one.FromDate)}"
            : $"Closed on {decided.Length} federal holidays");
    }

    private Closure Decided(List<Closure> rows, FederalHoliday holiday, bool closed)
    {
        if (rows.Find(c => c.Holiday == holiday.Key && c.FromDate == holiday.ObservedOn) is not { } row)
        {
            row = new()
            {
                Id = Guid.CreateVersion7(), Holiday = holiday.Key, FromDate = holiday.ObservedOn, ToDate = holiday.ObservedOn, Reason = holiday.Name,
            };
            db.Add(row);
        }

        row.Active = closed;
        return row;
    }
}
