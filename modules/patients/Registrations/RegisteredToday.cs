using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Registrations;

/// <summary>New patients of the day, and those whose registration waits to be finished.</summary>
public sealed class RegisteredToday(PatientsDb db, TimeProvider clock, IPractice practice) : IWidget
{
    public async Task<WidgetView?> LoadAsync(CancellationToken ct)
    {
        var (from, to) = WallTime.Day(WallTime.Today(clock, practice.Zone), practice.Zone);
        var counts = await db.Patients.Where(p => (p.RegisteredAt >= from && p.RegisteredAt < to) || p.ToFinish.Count > 0).GroupBy(_ => 1)
            .Select(g => new { Today = g.Count(p => p.RegisteredAt >= from && p.RegisteredAt < to), Open = g.Count(p => p.ToFinish.Count > 0) }).FirstOrDefaultAsync(ct);
        var open = counts?.Open ?? 0;
        return new($"{counts?.Today ?? 0}", "registered today", "/patients?show=today", open > 0 ? "warn" : "",
            open == 0 ? null : [new($"{Said.Many(open, "registration")} to finish", "/patients?show=to-finish")]);
    }
}
