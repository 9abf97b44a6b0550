using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Setup;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Scheduling.Hours;

/// <summary>The weekly hours of a provider at a location, from a date on.</summary>
public sealed class ProviderHours(SchedulingDb db, ChosenLocation chosen) : Slice
{
    public sealed class Form
    {
        public Guid Provider { get; set; }
        public Guid Location { get; set; }
        public bool Bookable { get; set; } = true;

        [Required(ErrorMessage = "From which day on?")]
        public DateOnly? ValidFrom { get; set; }

        /// <summary>Sunday to Saturday.</summary>
        public List<DayHours> Week { get; set; } = [];

        [BindNever, ValidateNever]
        public Choices Choices { get; set; } = null!;
    }

    /// <summary>A morning and an afternoon.</summary>
    public sealed class DayHours
    {
        public TimeOnly? Opens { get; set; }
        public TimeOnly? Closes { get; set; }
        public TimeOnly? OpensAgain { get; set; }
        public TimeOnly? ClosesAgain { get; set; }

        public IEnumerable<(TimeOnly? From, TimeOnly? To)> Spans => [(Opens, Closes), (OpensAgain, ClosesAgain)];
    }

    public sealed record Choices(IReadOnlyList<KnownStaffMember> Providers, IReadOnlyList<Location> Locations, string ProviderName);

    [HttpGet("/scheduling/hours/{provider:guid?}")]
    [Needs("scheduling.setup.manage")]
    public async Task<IActionResult> Get(Guid? provider, Guid? location, CancellationToken ct)
    {
        var form = new Form { Provider = provider ?? Guid.Empty, Location = location ?? chosen.Location?.Id ?? Guid.Empty };
        if (!await FillAsync(form, ct))
        {
            return form.Choices.Providers.Count == 0 ? View("NoProviders") : NotFound();
        }

        var today = WallTime.Today(Clock, form.Choices.Locations.First(l => l.Id == form.Location).Zone);
        var hours = await db.Templates.AsNoTracking()
            .Where(t => t.ProviderId == form.Provider && t.LocationId == form.Location && (t.ValidTo == null || t.ValidTo >= today))
            .OrderBy(t => t.ValidFrom).ThenBy(t => t.Opens).ToListAsync(ct);
        form.ValidFrom = today;
        form.Bookable = await db.Bookability.AnyAsync(b => b.ProviderId == form.Provider && b.LocationId == form.Location && b.Active, ct) || hours.Count == 0;
        form.Week = [.. Enumerable.Range(0, 7).Select(day => Row([.. hours.Where(h => h.Weekday == day).OrderBy(h => h.Opens)]))];
        return Page(form);
    }

    [HttpPost("/scheduling/hours/{provider:guid}")]
    [Needs("scheduling.setup.manage")]
    public async Task<IActionResult> Post(Guid provider, Form form, CancellationToken ct)
    {
        form.Provider = provider;
        if (!await FillAsync(form, ct))
        {
            return NotFound();
        }

        Check(form);
        return ModelState.IsValid && await SaveAsync(form, form.ValidFrom!.Value, ct)
            ? Done($"/scheduling/hours/{provider}?location={form.Location}",
                $"Hours of {form.Choices.ProviderName} saved from {form.ValidFrom:MMM d} on")
            : Invalid(form);
    }

    /// <summary>What applied before the date stays in the past; what was planned after it is replaced.</summary>
    private async Task<bool> SaveAsync(Form form, DateOnly start, CancellationToken ct)
    {
        var before = await db.Templates
            .Where(t => t.ProviderId == form.Provider && t.LocationId == form.Location && (t.ValidTo == null || t.ValidTo >= start)).ToListAsync(ct);
        db.RemoveRange(before.Where(t => t.ValidFrom >= start));
        foreach (var old in before.Where(t => t.ValidFrom < start))
        {
            old.ValidTo = start.AddDays(-1);
        }

        await SetBookableAsync(form, ct);
        // The old hours have to end before the new begin: the database refuses an overlap row by row.
        return await TrySaveAsync(db, () => AddAsync(form, start, ct), ct);
    }

    private async Task AddAsync(Form form, DateOnly start, CancellationToken ct)
    {
        db.AddRange(
            from day in Enumerable.Range(0, form.Week.Count)
            from span in form.Week[day].Spans
            where span is (not null, not null)
            select new Template
            {
                ProviderId = form.Provider, LocationId = form.Location, ValidFrom = start,
                Weekday = day, Opens = span.From!.Value, Closes = span.To!.Value,
            });
        await db.SaveChangesAsync(ct);
    }

    private async Task SetBookableAsync(Form form, CancellationToken ct)
    {
        var bookable = await db.Bookability.FirstOrDefaultAsync(b => b.ProviderId == form.Provider && b.LocationId == form.Location, ct);
        if (bookable is null)
        {
            db.Add(new Bookability { ProviderId = form.Provider, LocationId = form.Location, Active = form.Bookable });
        }
        else
        {
            bookable.Active = form.Bookable;
        }
    }

    private void Check(Form form)
    {
        for (var day = 0; day < form.Week.Count; day++)
        {
            var (row, name) = (form.Week[day], $"{(DayOfWeek)day}");
            foreach (var (from, to) in row.Spans)
            {
                if (from is null != to is null)
                {
                    Refuse($"Week[{day}].Opens", $"{name}: give both from and to, or neither.");
                }
                else if (from >= to)
                {
                    Refuse($"Week[{day}].Opens", $"{name}: “to” comes after “from”.");
                }
            }

            if (row.OpensAgain < row.Closes)
            {
                Refuse($"Week[{day}].OpensAgain", $"{name}: the second hours begin after the first end.");
            }
        }
    }

    private async Task<bool> FillAsync(Form form, CancellationToken ct)
    {
        var providers = await db.Providers.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Name).ToListAsync(ct);
        form.Provider = form.Provider == Guid.Empty && providers is [var first, ..] ? first.Id : form.Provider;
        form.Choices = new(providers, chosen.Choices, providers.FirstOrDefault(p => p.Id == form.Provider)?.Name ?? "");
        return form.Choices.ProviderName.Length > 0 && chosen.Choices.Any(l => l.Id == form.Location);
    }

    private static DayHours Row(IReadOnlyList<Template> hours) => new()
    {
        Opens = hours is [var one, ..] ? one.Opens : null,
        Closes = hours is [var same, ..] ? same.Closes : null,
        OpensAgain = hours is [_, var two, ..] ? two.Opens : null,
        ClosesAgain = hours is [_, var sameTwo, ..] ? sameTwo.Closes : null,
    };
}
