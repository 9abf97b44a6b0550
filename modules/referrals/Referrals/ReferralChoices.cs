using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Referrals.Reactions;
using Modular.Referrals.Specialists;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Referrals.Referrals;

/// <summary>What the forms offer, and what becomes of what was typed.</summary>
public sealed class ReferralChoices(ReferralsDb db, IMessageBus bus)
{
    public async Task FillAsync(ReferralFields form, Guid? patient, DateOnly today, CancellationToken ct)
    {
        form.Providers = await db.Providers.AsNoTracking().Where(p => p.Active || p.Id == form.AskedBy).OrderBy(p => p.Name).ToListAsync(ct);
        form.Coverages = await CoveragesAsync(patient, form.Coverage, today, ct);
    }

    /// <summary>Those that run, the medical plan's first; and the one that is chosen already, ended or not.</summary>
    public async Task<IReadOnlyList<KnownCoverage>> CoveragesAsync(Guid? patient, Guid? chosen, DateOnly today, CancellationToken ct)
    {
        if (patient is { } id && await bus.InvokeAsync<CoverageFound>(new FindCoverage(id, today), ct) is { } told)
        {
            // The owner's answer is at hand before its messages are: while this module fills, or the patient was registered this minute.
            await Known.Coverages.TakeAsync(db, told.Coverages, ct);
        }

        var all = patient is null ? [] : await db.Coverages.AsNoTracking().Where(c => c.PatientId == patient).ToListAsync(ct);
        return [.. all.Where(c => c.RunsOn(today) || c.Id == chosen).OrderBy(c => c.Line != "medical").ThenBy(c => c.Line, StringComparer.Ordinal).ThenBy(c => c.Rank)];
    }

    /// <summary>
    /// The specialist chosen, the one of exactly this name, or a new one with what was typed beside it; null when the NPI of a new one is
    /// refused.
    /// </summary>
    public async Task<Specialist?> SpecialistAsync(ReferralFields form, Reading read, CancellationToken ct)
    {
        var name = (form.SpecialistName ?? "").Trim();
        // Without script a name is typed over the one that was chosen, whose id is still there.
        if (form.Specialist is { } id && await db.Specialists.FirstOrDefaultAsync(s => s.Id == id, ct) is { } chosen
            && (chosen.Name == name || id == form.KeptSpecialist))
        {
            return chosen;
        }

        var pattern = name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        var same = await db.Specialists.Where(s => s.Active && EF.Functions.ILike(s.Name, pattern)).ToListAsync(ct);
        // Of several with one name the practice typed beside it tells which; the list has no two of one name and practice.
        bool IsThere(Specialist s) => string.Equals(s.Organization ?? "", form.Organization?.Trim() ?? "", StringComparison.OrdinalIgnoreCase);
        if ((same.Count == 1 ? same[0] : same.Find(IsThere)) is { } known)
        {
            return known;
        }

        var added = new Specialist();
        form.Write(added, name, read);
        if (read.Errors.Count > 0)
        {
            return null;
        }

        db.Add(added);
        return added;
    }

    public async Task<KnownStaffMember?> ProviderAsync(Guid? id, CancellationToken ct) => id is null ? null : await db.Providers.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, ct);

    /// <summary>Only one of the patient's own.</summary>
    public async Task<KnownCoverage?> CoverageAsync(Guid? id, Guid patient, CancellationToken ct) =>
        id is null ? null : await db.Coverages.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id && c.PatientId == patient, ct);
}
