using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Core.Entities;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Core.Locations;

/// <summary>One location with its opening hours and rooms; a new one when the address has no id.</summary>
public sealed class EditLocation(CoreDb db, CoreChanges changes, Authority authority, IPractice practice) : Slice
{
    public sealed class Form : IEditForm<Site>
    {
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

        /// <summary>Left out where there is one entity.</summary>
        public Guid? EntityId { get; set; }

        [BindNever, ValidateNever]
        public IReadOnlyList<SelectListItem> Entities { get; set; } = [];

        /// <summary>Sunday to Saturday.</summary>
        public List<Hours> Week { get; set; } = [];

        /// <summary>A room a line; a room that leaves the list is closed, never deleted.</summary>
        public string? Rooms { get; set; }

        public void Show(Site s) =>
            (Name, Zone, Phone, Address, City, State, Zip, Active, EntityId) =
                (s.Name, s.Zone, s.Phone, s.Address, s.City, s.State, s.Zip, s.Active, s.EntityId);

        public void Write(Site s, Reading read)
        {
            (s.Name, s.Zone, s.Phone, s.Address, s.City, s.State, s.Zip, s.Active) =
                (Name.Trim(), Zone, Phone, Address, City, State, Zip?.Replace("-", ""), Active);
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
            {
                read.Refuse(nameof(Zone), "Choose a time zone from the list.");
            }

            for (var day = 0; day < Week.Count; day++)
            {
                var (opens, closes) = (Week[day].Opens, Week[day].Closes);
                if (opens is null != closes is null || opens >= closes)
                {
                    read.Refuse($"Week[{day}].Opens", $"{(DayOfWeek)day}: give both times, the closing one later, or neither.");
                }
            }

            if ((Rooms ?? "").Split('\n').Any(r => r.Trim().Length > 60))
            {
                read.Refuse(nameof(Rooms), "A room's name has at most 60 letters.");
            }
        }
    }

    public sealed class Hours
    {
        public TimeOnly? Opens { get; set; }
        public TimeOnly? Closes { get; set; }

        public override string ToString() => Opens is { } opens && Closes is { } closes ? $"{Said.Time(opens)} to {Said.Time(closes)}" : "closed";
    }

    [HttpGet("/admin/locations/edit/{id:guid?}")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Get(Guid? id, CancellationToken ct) =>
        authority.FaultAt(id) is { } fault ? Done("/admin/locations", fault) : await Row.ShowAsync(id, ct);

    [HttpPost("/admin/locations/edit/{id:guid?}")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct) =>
        authority.FaultAt(id) is { } fault ? Done("/admin/locations", fault) : await Row.SaveAsync(id, form, ct);

    private Edit<Site, Form> Row => new(this, db)
    {
        What = "location",
        New = () => new() { Id = Guid.CreateVersion7(), Name = "", Zone = "" },
        Blank = () => new() { Zone = practice.Zone, Week = [.. Enumerable.Range(0, 7).Select(_ => new Hours())] },
        AlsoShow = ShowHoursAndRoomsAsync,
        Model = async (_, form, ct) =>
        {
            form.Entities = await EntityChoice.ItemsAsync(db, form.EntityId, null, ct);
            return form;
        },
        Check = CheckAsync,
        Save = SaveAsync,
        Saved = site => Done("/admin/locations", $"{site.Name} saved"),
    };

    private async Task ShowHoursAndRoomsAsync(Site site, Form form, CancellationToken ct)
    {
        var hours = await db.OpeningHours.AsNoTracking().Where(h => h.LocationId == site.Id).ToListAsync(ct);
        form.Week = [.. Enumerable.Range(0, 7).Select(day => hours.Find(h => h.Weekday == day))
            .Select(h => new Hours { Opens = h?.Opens, Closes = h?.Closes })];
        var rooms = db.Rooms.AsNoTracking().Where(r => r.LocationId == site.Id && r.Active).OrderBy(r => r.Name).Select(r => r.Name);
        form.Rooms = string.Join('\n', await rooms.ToListAsync(ct));
    }

    private async Task CheckAsync(Site site, Form form, Reading read, CancellationToken ct)
    {
        site.EntityId = await EntityChoice.ChosenAsync(db, form.EntityId, site.EntityId, read, ct);
        if (await db.Sites.AnyAsync(p => p.Name == site.Name && p.Id != site.Id, ct))
        {
            read.Refuse(nameof(Form.Name), "Another location has this name.");
        }
    }

    private async Task SaveAsync(Site site, Form form, Reading read, CancellationToken ct)
    {
        if (db.Entry(site).State == EntityState.Unchanged)
        {
            // Hours and rooms alone are a change of the location too: the version tells which week is the newer one.
            db.Entry(site).State = EntityState.Modified;
        }

        await ReplaceHoursAsync(site.Id, form, ct);
        await changes.SaveAsync(ct, [site, .. await RoomsAsync(site.Id, form, ct)]);
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
