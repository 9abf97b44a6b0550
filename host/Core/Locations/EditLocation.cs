using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Core.Locations;

/// <summary>One location with its opening hours and rooms; a new one when the address has no id.</summary>
public sealed class EditLocation(CoreDb db, CoreChanges changes, Authority authority) : Slice
{
    public sealed class Form
    {
        public Guid? Id { get; set; }
        public int Version { get; set; }

        [Required(ErrorMessage = "Give the location a name."), StringLength(80)]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Choose a time zone.")]
        public string Zone { get; set; } = "";

        [StringLength(30)]
        public string? Phone { get; set; }

        [StringLength(120)]
        public string? Address { get; set; }

        [StringLength(80)]
        public string? City { get; set; }

        [RegularExpression("^[A-Z]{2}$", ErrorMessage = "Use the two-letter state, such as OH.")]
        public string? State { get; set; }

        [RegularExpression("^[0-9]{5}(-?[0-9]{4})?$", ErrorMessage = "A ZIP code has five or nine digits.")]
        public string? Zip { get; set; }

        public bool Active { get; set; } = true;

        /// <summary>Sunday to Saturday.</summary>
        public List<Hours> Week { get; set; } = [];

        /// <summary>A room a line; a room that leaves the list is closed, never deleted.</summary>
        public string? Rooms { get; set; }
    }

    public sealed class Hours
    {
        public TimeOnly? Opens { get; set; }
        public TimeOnly? Closes { get; set; }
    }

    [HttpGet("/admin/locations/edit/{id:guid?}")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Get(Guid? id, CancellationToken ct)
    {
        if (authority.FaultAt(id) is { } fault)
        {
            return Done("/admin/locations", fault);
        }

        if (id is null)
        {
            return Page(new Form { Zone = HttpContext.RequestServices.GetRequiredService<IPractice>().Zone, Week = [.. Enumerable.Range(0, 7).Select(_ => new Hours())] });
        }

        if (await db.Sites.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } site)
        {
            return NotFound();
        }

        var hours = await db.OpeningHours.AsNoTracking().Where(h => h.LocationId == id).ToListAsync(ct);
        var rooms = await db.Rooms.AsNoTracking().Where(r => r.LocationId == id && r.Active).OrderBy(r => r.Name).Select(r => r.Name).ToListAsync(ct);
        return Page(new Form
        {
            Id = site.Id, Version = site.Version, Name = site.Name, Zone = site.Zone, Phone = site.Phone, Address = site.Address,
            City = site.City, State = site.State, Zip = site.Zip, Active = site.Active,
            Week = [.. Enumerable.Range(0, 7).Select(day => hours.FirstOrDefault(h => h.Weekday == day) is { } h ? new Hours { Opens = h.Opens, Closes = h.Closes } : new())],
            Rooms = string.Join('\n', rooms),
        });
    }

    [HttpPost("/admin/locations/edit/{id:guid?}")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct)
    {
        if (authority.FaultAt(id) is { } fault)
        {
            Refuse("", fault);
        }

        await CheckAsync(id, form, ct);
        if (!ModelState.IsValid)
        {
            return Invalid(form);
        }

        var site = id is null ? null : await db.Sites.SingleOrDefaultAsync(p => p.Id == id, ct);
        if (id is not null && site is null)
        {
            return NotFound();
        }

        if (site is not null && site.Version != form.Version)
        {
            Refuse("", $"{await WhoChangedAsync(site.Id, ct)} changed this location while you typed. Open it again to see their version; nothing of yours was saved.");
            return Invalid(form);
        }

        await using var write = await db.BeginWriteAsync(ct);
        if (site is null)
        {
            site = new Site { Id = Guid.CreateVersion7(), Name = form.Name, Zone = form.Zone };
            db.Add(site);
        }

        (site.Name, site.Zone, site.Phone, site.Address, site.City, site.State, site.Zip, site.Active) =
            (form.Name.Trim(), form.Zone, form.Phone, form.Address, form.City, form.State, form.Zip?.Replace("-", ""), form.Active);
        if (db.Entry(site).State == EntityState.Unchanged)
        {
            // Hours and rooms alone are a change of the location too: the version tells which week is the newer one.
            db.Entry(site).State = EntityState.Modified;
        }

        await ReplaceHoursAsync(site.Id, form, ct);
        var rooms = await RoomsAsync(site.Id, form, ct);
        await changes.CommitAsync(write, ct, [site, .. rooms]);
        return Done("/admin/locations", $"{site.Name} saved");
    }

    private async Task CheckAsync(Guid? id, Form form, CancellationToken ct)
    {
        if (form.Zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(form.Zone, out _))
        {
            Refuse(nameof(Form.Zone), "Choose a time zone from the list.");
        }

        var name = (form.Name ?? "").Trim();
        if (await db.Sites.AnyAsync(p => p.Name == name && p.Id != id, ct))
        {
            Refuse(nameof(Form.Name), "Another location has this name.");
        }

        for (var day = 0; day < form.Week.Count; day++)
        {
            var (opens, closes) = (form.Week[day].Opens, form.Week[day].Closes);
            if (opens is null != closes is null || opens >= closes)
            {
                Refuse($"Week[{day}].Opens", $"{(DayOfWeek)day}: give both times, the closing one later, or neither.");
            }
        }

        if ((form.Rooms ?? "").Split('\n').Any(r => r.Trim().Length > 60))
        {
            Refuse(nameof(Form.Rooms), "A room's name has at most 60 letters.");
        }
    }

    private async Task ReplaceHoursAsync(Guid location, Form form, CancellationToken ct)
    {
        db.RemoveRange(await db.OpeningHours.Where(h => h.LocationId == location).ToListAsync(ct));
        db.AddRange(form.Week.Select((hours, day) => (hours, day)).Where(x => x.hours.Opens is not null).Select(x => new OpeningHours
        {
            Id = Guid.CreateVersion7(), LocationId = location, Weekday = x.day, Opens = x.hours.Opens!.Value, Closes = x.hours.Closes!.Value,
        }));
    }

    private async Task<List<Room>> RoomsAsync(Guid location, Form form, CancellationToken ct)
    {
        var wanted = (form.Rooms ?? "").Split('\n').Select(r => r.Trim()).Where(r => r.Length > 0).ToHashSet();
        var there = await db.Rooms.Where(r => r.LocationId == location).ToListAsync(ct);
        var changed = there.Where(r => r.Active != wanted.Contains(r.Name)).ToList();
        changed.ForEach(r => r.Active = !r.Active);
        foreach (var name in wanted.Except(there.Select(r => r.Name)))
        {
            var room = new Room { Id = Guid.CreateVersion7(), LocationId = location, Name = name };
            db.Add(room);
            changed.Add(room);
        }

        return changed;
    }
}
