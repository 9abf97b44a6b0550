using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Billing.Charges;

/// <summary>Patients as they are typed into a charge or a rounding list, whose fields have names of their own.</summary>
public sealed class PatientsToCharge(BillingDb db, IAccessLog log, IPractice practice) : Slice
{
    [HttpGet("/billing/charges/patients")]
    [Needs(BillingPermissions.Charge)]
    public Task<PickList> Get(string? patientName, CancellationToken ct)
    {
        var typed = patientName ?? Request.Query.Where(q => q.Key.StartsWith("Rows", StringComparison.Ordinal))
            .Select(q => q.Value.ToString()).FirstOrDefault();
        return db.Patients.PickAsync(typed, WallTime.Today(Clock, practice.Zone), log, "patients found for a charge", ct);
    }
}
