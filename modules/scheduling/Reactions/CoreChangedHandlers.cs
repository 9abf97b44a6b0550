using Microsoft.EntityFrameworkCore;
using Modular.Sdk.Core;

namespace Modular.Scheduling.Reactions;

public static class StaffMemberChangedHandler
{
    /// <summary>Somebody who is no provider is kept only if they were one: their visits stay theirs.</summary>
    public static Task Handle(StaffMemberChanged staff, SchedulingDb db, CancellationToken ct)
    {
        var sees = staff is { IsProvider: true, Active: true };
        return db.Database.ExecuteSqlAsync($"""
            with newer as (
                insert into scheduling.providers (id, version, name, active)
                select {staff.StaffMemberId}, {staff.Version}, {staff.DisplayName}, {sees}
                where {staff.IsProvider} or exists (select from scheduling.providers where id = {staff.StaffMemberId})
                on conflict (id) do update set version = excluded.version, name = excluded.name, active = excluded.active
                where excluded.version > providers.version
                returning id)
            update scheduling.visits set provider_name = {staff.DisplayName} from newer
            where provider_id = newer.id and provider_name <> {staff.DisplayName}
            """, ct);
    }
}

public static class RoomChangedHandler
{
    public static Task Handle(RoomChanged room, SchedulingDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"""
            insert into scheduling.rooms (id, version, location_id, name, active)
            values ({room.RoomId}, {room.Version}, {room.LocationId}, {room.Name}, {room.Active})
            on conflict (id) do update set version = excluded.version, location_id = excluded.location_id, name = excluded.name, active = excluded.active
            where excluded.version > rooms.version
            """, ct);
}
