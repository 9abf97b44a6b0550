using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Registrations;

/// <summary>How many patients are new, by how they heard of the practice; patients are of the practice, not of a place.</summary>
public sealed class RegistrationCount(PatientsDb db, IPractice practice) : IIndicatorSource
{
    public static readonly Indicator Registrations = new("patients.registrations", "New patients", IndicatorShape.Sum, PatientsPermissions.Read)
    {
        Definition = "Patients who were registered, on the day on which that was. Records that were merged into another one are not counted.",
        PracticeWide = true, First = "Heard of us from", Link = _ => "/patients",
    };

    public async Task CountAsync(IndicatorDays days, CancellationToken ct)
    {
        var (from, to) = (WallTime.Day(days.From, practice.Zone).From, WallTime.Day(days.To, practice.Zone).To);
        var registered = await db.Patients.AsNoTracking().WithShut().Where(p => p.RegisteredAt >= from && p.RegisteredAt < to)
            .Select(p => new { p.RegisteredAt, p.HeardFrom }).ToListAsync(ct);
        foreach (var patient in registered)
        {
            days.Add(Registrations, DateOnly.FromDateTime(WallTime.At(patient.RegisteredAt, practice.Zone).DateTime), 1, first: patient.HeardFrom);
        }
    }

    public async Task<DateOnly?> FirstDayAsync(CancellationToken ct) =>
        await db.Patients.WithShut().OrderBy(p => p.RegisteredAt).Select(p => (DateTimeOffset?)p.RegisteredAt).FirstOrDefaultAsync(ct) is { } first
            ? DateOnly.FromDateTime(WallTime.At(first, practice.Zone).DateTime) : null;
}
