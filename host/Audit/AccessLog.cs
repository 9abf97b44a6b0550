using Modular.Host.Data;
using Modular.Host.Modules;
using Modular.Sdk;

namespace Modular.Host.Audit;

/// <summary>Business accesses, not SQL: one entry says who saw which patient, on which page and why.</summary>
public sealed class AccessLog(AuditTrail trail, Work work, IHttpContextAccessor http) : IAccessLog
{
    private readonly HashSet<(Guid, string, int)> seen = [];

    public void Viewed(Guid patientId, string what, string? reason = null)
    {
        // A page with a banner and three panels of one patient is one look. A note that went with a refused write is made again.
        if (seen.Add((patientId, what, work.Discarded)) || reason is not null)
        {
            trail.Add(work, new(AuditTrail.Access, Module, what, Patients: [patientId], Reason: reason));
        }
    }

    public void Listed(IReadOnlyCollection<Guid> patientIds, string what)
    {
        if (patientIds.Count > 0)
        {
            trail.Add(work, new(AuditTrail.Access, Module, what, Patients: patientIds));
        }
    }

    public void Opened(Guid rowId, string what) => trail.Add(work, new(AuditTrail.Access, Module, what, RowId: rowId));

    private string Module => http.HttpContext?.GetEndpoint()?.Metadata.GetMetadata<IModuleMetadata>()?.ModuleId ?? LoadedModule.CoreId;
}
