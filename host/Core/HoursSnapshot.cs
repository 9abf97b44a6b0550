using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.Core;

public sealed class HoursSnapshot(CoreDb db) : ISnapshot<LocationHoursChanged>
{
    public async Task<IReadOnlyList<SnapshotRow<LocationHoursChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct)
    {
        var hours = (await db.OpeningHours.AsNoTracking().ToListAsync(ct)).ToLookup(h => h.LocationId);
        return await SnapshotPage.OfAsync(db.Sites, after, take, site => CoreChanges.Message(site, hours[site.Id]), ct);
    }
}
