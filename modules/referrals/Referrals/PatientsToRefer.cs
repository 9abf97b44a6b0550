using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>Patients as they are typed into the form.</summary>
public sealed class PatientsToRefer(ReferralsDb db, IAccessLog log, IPractice practice) : Slice
{
    [HttpGet("/referrals/referrals/patients")]
    [Needs(ReferralsPermissions.Write)]
    public Task<PickList> Get(string? patientName, CancellationToken ct) => db.Patients.PickAsync(
        patientName, WallTime.Today(Clock, practice.Zone), log, "patients found for a referral", ct, none: "Whoever is missing here can be referred from their chart.");
}
