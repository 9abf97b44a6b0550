using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk.Core;

namespace Modular.Scheduling.Reactions;

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
