using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Types;

/// <summary>What visits can be for.</summary>
public sealed class Types(SchedulingDb db) : Slice
{
    internal static readonly ListDefinition<AppointmentType> List = new("scheduling.types", "Appointment types")
    {
        Id = t => t.Id,
        Search = new("Name", t => t.Name),
        Columns =
        [
            new("type", "Type", t => t.Name)
            {
                Main = true, Sort = t => t.Name, Href = t => $"/scheduling/types/edit/{t.Id}", Drawer = true, Marks = t => t.Active ? []
                    : [new("Not in use")],
            },
            new("kind", "Kind", Kind) { Sort = t => t.Kind },
            new("minutes", "Minutes", t => t.Minutes) { Sort = t => t.Minutes, Right = true },
            new("needs", "Room and equipment", Needs),
            new("over", "Booked over", t => t.OverbookLimit switch { null => "No limit", 0 => "Never", var n => $"{n}" }) { Sort = t =>
                t.OverbookLimit, Right = true },
            new("booked-by", "Booked by", t => t.BookedByRoles.Length == 0 ? "Everybody who books"
                : string.Join(", ", t.BookedByRoles.Select(Roles.Title))),
            new("another", "Patient has another visit", t => t.PatientOverlap switch { "refuse" => "Refuse", "allow" => "Allow", _ => "Ask" }),
            new("used", "In use", t => t.Active) { FileOnly = true },
        ],
    };

    [HttpGet("/scheduling/types")]
    [Needs(SchedulingPermissions.Setup)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) =>
        ListAsync(List, db.AppointmentTypes.AsNoTracking().OrderByDescending(t => t.Active).ThenBy(t => t.Name).ThenBy(t => t.Id), query, ct);

    private static string Kind(AppointmentType t) => string.Join(" · ", new[]
    {
        AppointmentType.Kinds[t.Kind], t.Patients == "any" ? null : $"{t.Patients} patients",
        t.CaseKind is null ? null : AppointmentType.CaseKinds[t.CaseKind].ToLowerInvariant(), t.Telehealth ? "by video" : null,
    }.Where(s => s is not null));

    private static string Needs(AppointmentType t)
    {
        var room = !t.NeedsRoom ? "No" : t.PrepMinutes + t.CleanUpMinutes > 0 ? $"Yes, {t.PrepMinutes} min before and {t.CleanUpMinutes} after"
            : "Yes";
        return t.EquipmentKind is null ? room : $"{room} · {t.EquipmentKind}";
    }
}
