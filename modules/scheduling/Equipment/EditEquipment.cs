using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;
using Npgsql;

namespace Modular.Scheduling.Equipment;

/// <summary>Adds a piece of equipment or changes one. Visits already booked keep it.</summary>
public sealed class EditEquipment(SchedulingDb db, ChosenLocation chosen) : Slice
{
    public sealed class Form
    {
        public Guid? Id { get; set; }
        public int Version { get; set; }

        [Required(ErrorMessage = "Give it a name."), StringLength(60)]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Of which kind is it?"), StringLength(40)]
        public string Kind { get; set; } = "";

        public bool Active { get; set; } = true;
    }

    [HttpGet("/scheduling/equipment/edit/{id:guid?}")]
    [Needs(SchedulingPermissions.Setup)]
    public async Task<IActionResult> Get(Guid? id, CancellationToken ct)
    {
        if (id is null)
        {
            return Page(new Form());
        }

        return await db.Equipment.AsNoTracking().FirstOrDefaultAsync(e => e.Id == id, ct) is { } e
            ? Page(new Form { Id = e.Id, Version = e.Version, Name = e.Name, Kind = e.Kind, Active = e.Active })
            : NotFound();
    }

    [HttpPost("/scheduling/equipment/edit/{id:guid?}")]
    [Needs(SchedulingPermissions.Setup)]
    public async Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct)
    {
        form.Id = id;
        if (!ModelState.IsValid)
        {
            return Invalid(form);
        }

        var known = id is null ? null : await db.Equipment.FirstOrDefaultAsync(e => e.Id == id, ct);
        if (chosen.Location is not { } place || (id is not null && known is null))
        {
            return NotFound();
        }

        if (known is not null && known.Version != form.Version)
        {
            Refuse("", $"{await WhoChangedAsync(known.Id, ct)} changed this meanwhile. Open it again to see their version.");
            return Invalid(form);
        }

        var equipment = known ?? new Setup.PieceOfEquipment { LocationId = place.Id, Name = "", Kind = "" };
        (equipment.Name, equipment.Kind, equipment.Active) = (form.Name.Trim(), form.Kind.Trim(), form.Active);
        if (known is null)
        {
            db.Add(equipment);
        }

        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            Refuse(nameof(form.Name), $"There is “{form.Name.Trim()}” here already.");
            return Invalid(form);
        }

        return Done("/scheduling/equipment", $"{equipment.Name} saved");
    }
}
