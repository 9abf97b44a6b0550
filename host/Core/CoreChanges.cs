using Microsoft.EntityFrameworkCore;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.Core;

/// <summary>Saves facts of the practice and tells the modules and the other hosts.</summary>
public sealed class CoreChanges(CoreDb db, IMessageBus bus, PracticeRegistry practices, ScopeContext scope)
{
    public static LocationChanged Message(Site site) => new(site.Id, site.Version, site.Name, site.Zone, site.Active)
    {
        EntityId = site.EntityId, Address = site.Address, City = site.City, State = site.State, Zip = site.Zip,
    };

    public static EntityChanged Message(LegalEntity entity) => new(
        entity.Id, entity.Version, entity.Name, entity.Main, entity.FiscalMonth, entity.Active)
    {
        TaxId = entity.TaxId, Npi = entity.Npi, Address = entity.Address, City = entity.City, State = entity.State, Zip = entity.Zip,
    };

    public static CostCentreChanged Message(CostCentre centre) =>
        new(centre.Id, centre.Version, centre.Code, centre.Name, centre.EntityId, centre.Active);

    public static RoomChanged Message(Room room) => new(room.Id, room.Version, room.LocationId, room.Name, room.Active);

    public static StaffMemberChanged Message(StaffMember staff) => new(
        staff.Id, staff.Version, staff.FirstName, staff.LastName, staff.Credentials, staff.DisplayName, staff.Npi, staff.IsProvider, staff.Active)
    {
        EntityId = staff.EntityId,
    };

    public static ClosureChanged Message(Closure closure) => new(
        closure.Id, closure.Version, closure.LocationId, closure.FromDate, closure.ToDate, closure.Reason, closure.Active);

    public static LocationHoursChanged Message(Site site, IEnumerable<OpeningHours> hours) => new(
        site.Id, site.Version, [.. hours.OrderBy(h => h.Weekday).ThenBy(h => h.Opens).Select(h => new OpenHours(h.Weekday, h.Opens, h.Closes))]);

    /// <inheritdoc cref="CommitAsync"/>
    public async Task SaveAsync(CancellationToken ct, params IVersioned[] changed)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await CommitAsync(write, ct, changed);
    }

    /// <summary>Saves and commits what the caller changed in <see cref="CoreDb"/>, with a message for each of the rows.</summary>
    public async Task CommitAsync(IWrite write, CancellationToken ct, params IVersioned[] changed)
    {
        await db.SaveChangesAsync(ct);
        foreach (var row in changed)
        {
            // After the save: the message carries the version that the save gave.
            object? message = row switch
            {
                Site site => Message(site),
                Room room => Message(room),
                StaffMember staff => Message(staff),
                Closure closure => Message(closure),
                LegalEntity entity => Message(entity),
                CostCentre centre => Message(centre),
                _ => null,
            };
            if (message is not null)
            {
                await bus.PublishAsync(message, new(Key: row.Id.ToString()));
            }

            if (row is Site place)
            {
                var hours = await db.OpeningHours.AsNoTracking().Where(h => h.LocationId == place.Id).ToListAsync(ct);
                await bus.PublishAsync(Message(place, hours), new(Key: row.Id.ToString()));
            }
        }

        await write.CommitAsync(ct);
        await practices.ChangedAsync(scope.Practice, ct);
    }
}
