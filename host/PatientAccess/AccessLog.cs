using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.PatientAccess;

/// <summary>Business accesses, not SQL: one entry says who saw which patient, on which page and why.</summary>
public sealed class AccessLog(AuditTrail trail, Work work, IHttpContextAccessor http, ScopeContext scope, RestrictedCharts charts, TimeProvider clock) : IAccessLog
{
    private readonly HashSet<(Guid, string, int)> seen = [];

    /// <summary>The last guard: what names a patient whose chart is shut does not become an answer. Who opens one says why, and is noted with it.</summary>
    public void Viewed(Guid patientId, string what, string? reason = null)
    {
        var standing = PatientDoor.Standing(scope, charts, clock);
        if (reason is null && standing.IsShut(patientId))
        {
            throw new PatientShutException(patientId);
        }

        // A page with a banner and three panels of one patient is one look. A note that went with a refused write is made again.
        if (seen.Add((patientId, what, work.Discarded)) || reason is not null)
        {
            trail.Add(work, new(AuditTrail.Access, Module, what, Patients: [patientId], Reason: reason ?? standing.Reason(patientId)));
        }
    }

    /// <summary>Whether this scope noted the patient already: what hangs on a page about them is the same look.</summary>
    public bool HasSeen(Guid patientId) => seen.Any(s => s.Item1 == patientId && s.Item3 == work.Discarded);

    public void Listed(IReadOnlyCollection<Guid> patientIds, string what)
    {
        if (patientIds.Count == 0)
        {
            return;
        }

        // A list names a shut chart only to those who may open it: they have to find it first.
        var standing = PatientDoor.Standing(scope, charts, clock);
        if (!PatientDoor.MayOpen(scope.Actor, charts) && patientIds.FirstOrDefault(standing.IsShut) is var shut && shut != Guid.Empty)
        {
            throw new PatientShutException(shut);
        }

        trail.Add(work, new(AuditTrail.Access, Module, what, Patients: patientIds));
    }

    public void Opened(Guid rowId, string what) => trail.Add(work, new(AuditTrail.Access, Module, what, RowId: rowId));

    private string Module => http.HttpContext?.GetEndpoint()?.Metadata.GetMetadata<IModuleMetadata>()?.ModuleId ?? LoadedModule.CoreId;
}
