using Microsoft.EntityFrameworkCore;
using Modular.Patients.AgreementForms;

namespace Modular.Patients.Agreements;

/// <summary>What a patient has still to sign.</summary>
public static class Outstanding
{
    /// <summary>Of the forms asked of everybody and in use on the day, those without a signature that holds.</summary>
    public static async Task<IReadOnlyList<AgreementForm>> OfAsync(PatientsDb db, Guid patientId, DateOnly day, CancellationToken ct)
    {
        var forms = await db.AgreementForms.AsNoTracking().Where(f => f.Required && f.InUseFrom <= day && (f.InUseTo == null || f.InUseTo >= day)).ToListAsync(ct);
        if (forms.Count == 0)
        {
            return [];
        }

        var taken = await db.Agreements.AsNoTracking().Include(a => a.Form).Where(a => a.PatientId == patientId).ToListAsync(ct);
        return [.. forms.Where(f => !taken.Exists(a => a.FormId == f.Id && a.SettlesOn(day))).OrderBy(f => f.Title)];
    }
}
