using System.Text.Json;
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

public static class LocationHoursChangedHandler
{
    public static Task Handle(LocationHoursChanged hours, SchedulingDb db, CancellationToken ct)
    {
        var week = JsonSerializer.Serialize(hours.Week, JsonSerializerOptions.Web);
        return db.Database.ExecuteSqlAsync($"""
            insert into scheduling.location_hours (location_id, version, week) values ({hours.LocationId}, {hours.Version}, {week}::jsonb)
            on conflict (location_id) do update set version = excluded.version, week = excluded.week
            where excluded.version > location_hours.version
            """, ct);
    }
}

public static class ClosureChangedHandler
{
    public static Task Handle(ClosureChanged closure, SchedulingDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"""
            insert into scheduling.closures (id, version, location_id, from_date, to_date, reason, active)
            values ({closure.ClosureId}, {closure.Version}, {closure.LocationId}, {closure.FromDate}, {closure.ToDate}, {closure.Reason}, {closure.Active})
            on conflict (id) do update set version = excluded.version, location_id = excluded.location_id, from_date = excluded.from_date,
                to_date = excluded.to_date, reason = excluded.reason, active = excluded.active
            where excluded.version > closures.version
            """, ct);
}
