using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Equipment;

/// <summary>Adds a piece of equipment or changes one. Visits already booked keep it.</summary>
public sealed class EditEquipment(SchedulingDb db, ChosenLocation chosen) : Slice
{
    public sealed class Form : IEditForm<PieceOfEquipment>
    {
        public int Version { get; set; }

        [Required(ErrorMessage = "Give it a name."), StringLength(60)]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Of which kind is it?"), StringLength(40)]
        public string Kind { get; set; } = "";

        public bool Active { get; set; } = true;

        public void Show(PieceOfEquipment e) => (Name, Kind, Active) = (e.Name, e.Kind, e.Active);

        public void Write(PieceOfEquipment e, Reading read) => (e.Name, e.Kind, e.Active) = (Name.Trim(), Kind.Trim(), Active);
    }

    [HttpGet("/scheduling/equipment/edit/{id:guid?}")]
    [Needs("scheduling.setup.manage")]
    public Task<IActionResult> Get(Guid? id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/scheduling/equipment/edit/{id:guid?}")]
    [Needs("scheduling.setup.manage")]
    public Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct) => Row.SaveAsync(id, form, ct);

    private Edit<PieceOfEquipment, Form> Row => new(this, db)
    {
        What = "piece of equipment",
        New = chosen.Location is { } place ? () => new() { LocationId = place.Id, Name = "", Kind = "" } : null,
        Saved = equipment => Done("/scheduling/equipment", $"{equipment.Name} saved"),
    };
}
