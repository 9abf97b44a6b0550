using System.Collections.Concurrent;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.PatientAccess;

/// <summary>A save of what says which charts are restricted: this process must not remember the answer of before.</summary>
public sealed class RestrictionRecorder(RestrictedCharts charts, ScopeContext scope) : IRowRecorder
{
    public bool Derives => true;

    public void Record(IReadOnlyList<SavedRow> rows, Work work)
    {
        if (charts.Owner is { } owner && rows.Any(r => owner.Declared.Rows.Contains(r.Entity.GetType())))
        {
            var practice = scope.Practice.Id;
            work.AfterCommit(() => charts.Forget(practice));
        }
    }
}
