using Microsoft.EntityFrameworkCore;
using Modular.Newmodule.Requests;
using Modular.Sdk;

namespace Modular.Newmodule.Demo;

/// <summary>Some requests of the last weeks. Run again on a later day, it adds nothing twice.</summary>
public sealed class DemoRequests(NewmoduleDb db, IPractice practice) : IDemoData
{
    private static readonly string[] Titles = ["Second opinion", "Records of the former practice", "Letter to the school"];

    public async Task SeedAsync(DateOnly today, CancellationToken ct)
    {
        if (practice.Locations.Count == 0 || await db.Requests.AnyAsync(ct))
        {
            return;
        }

        // Patients came by message: the module that owns them has a lower order and ran before.
        var patients = await db.Patients.AsNoTracking().OrderBy(p => p.Id).Take(12).ToListAsync(ct);
        db.AddRange(patients.Select((p, i) => new Request
        {
            PatientId = p.Id, LocationId = practice.Locations[i % practice.Locations.Count].Id, Title = Titles[i % Titles.Length], AskedOn = today.AddDays(-2 * i),
        }));
        await db.SaveChangesAsync(ct);
    }
}
