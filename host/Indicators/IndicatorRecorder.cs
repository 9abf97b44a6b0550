using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Indicators;

/// <summary>
/// A row that is saved notes which days that are over it touches and touched before, in the same transaction; today's are counted anyway.
/// </summary>
public sealed class IndicatorRecorder(InstalledModules modules, ScopeContext scope, TimeProvider clock) : IRowRecorder
{
    public bool Derives => false;

    public void Record(IReadOnlyList<SavedRow> rows, Work work)
    {
        var today = WallTime.Today(clock, scope.Practice.Zone);
        var due = from row in rows
                  let type = row.Entity.GetType()
                  from module in modules.Running
                  from declared in module.Declared.Recounts
                  where declared.Entity == type
                  from touched in declared.Days(row.Entity).Concat(row.Was is { } was ? declared.Days(was) : [])
                  let day = touched.DayIn(scope.Practice.Zone)
                  where day < today
                  select (Source: KnownSource.NameOf(module.Id, declared.Source), touched.LocationId, Day: day);
        // Always in the same order, so that two who touch the same days wait for each other and never in a circle.
        foreach (var (source, location, day) in due.Distinct().OrderBy(d => d))
        {
            // A row that is there is locked by the update: it is taken up when this write has ended, not before.
            work.AddRows(batch => batch.BatchCommands.Add(new("""
                insert into core.indicator_due (source, location_id, day) values ($1, $2, $3)
                on conflict (source, location_id, day) do update set day = excluded.day
                """)
            {
                Parameters = { new() { Value = source }, Sql.Uuid(location), new() { Value = day } },
            }));
        }
    }
}
