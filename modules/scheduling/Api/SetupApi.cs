using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Scheduling.Api;

/// <summary>What a booking chooses from.</summary>
public sealed record SetupBody(IReadOnlyList<LocationBody> Locations, IReadOnlyList<TypeBody> Types);

/// <summary>A place, and who sees patients there.</summary>
public sealed record LocationBody(Guid Id, string Name, [property: Description("IANA zone.")] string Zone, IReadOnlyList<ProviderBody> Providers);

/// <summary>Somebody who sees patients.</summary>
public sealed record ProviderBody(Guid Id, string Name);

/// <summary>What a visit is for.</summary>
public sealed record TypeBody(Guid Id, string Name, int Minutes, [property: Description("any, new or established.")] string Patients, bool Telehealth);

/// <summary>The ids that a program books with.</summary>
public sealed class SetupApi(SchedulingDb db, IPractice practice) : ApiSlice
{
    [HttpGet("/api/scheduling/setup")]
    [Needs(SchedulingPermissions.Read), Description("Locations with their providers, and the types of visit this program may book.")]
    [ProducesResponseType<SetupBody>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Get(CancellationToken ct)
    {
        var types = await db.AppointmentTypes.AsNoTracking().Where(t => t.Active).OrderBy(t => t.Name).ToListAsync(ct);
        var providers = await (from b in db.Bookability
                               join p in db.Providers on b.ProviderId equals p.Id
                               where b.Active && p.Active
                               orderby p.Name
                               select new { b.LocationId, p.Id, p.Name }).ToListAsync(ct);
        return Ok(new SetupBody(
            [.. practice.Locations.Where(l => l.Active && db.Reads.Sees(l.Id)).Select(l => new LocationBody(
                l.Id, l.Name, l.Zone, [.. providers.Where(p => p.LocationId == l.Id).Select(p => new ProviderBody(p.Id, p.Name))]))],
            [.. types.Where(t => t.MayBeBookedBy(Actor)).Select(t => new TypeBody(t.Id, t.Name, t.Minutes, t.Patients, t.Telehealth))]));
    }
}
