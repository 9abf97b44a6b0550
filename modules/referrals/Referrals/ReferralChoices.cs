using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Referrals.Reactions;
using Modular.Referrals.Specialists;
using Modular.Sdk;
using Modular.Sdk.Core;
using Npgsql;

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

    /// <summary>The specialist chosen, the one of exactly this name, or a new one with what was typed beside it.</summary>
    /// <returns>What is wrong with the NPI of a new one.</returns>
    public async Task<(Specialist? Specialist, string? Fault)> SpecialistAsync(ReferralFields form, CancellationToken ct)
    {
        var name = (form.SpecialistName ?? "").Trim();
        if (form.Specialist is { } id && await db.Specialists.FirstOrDefaultAsync(s => s.Id == id, ct) is { } chosen)
        {
            return (chosen, null);
        }

        var pattern = name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        var same = await db.Specialists.Where(s => s.Active && EF.Functions.ILike(s.Name, pattern)).Take(2).ToListAsync(ct);
        if (same.Count == 1)
        {
            return (same[0], null);
        }

        var added = new Specialist();
        var fault = form.Write(added, name);
        if (fault is null)
        {
            db.Add(added);
        }

        return (fault is null ? added : null, fault);
    }

    public async Task<KnownStaffMember?> ProviderAsync(Guid? id, CancellationToken ct) => id is null ? null : await db.Providers.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, ct);

    /// <summary>Only one of the patient's own.</summary>
    public async Task<KnownCoverage?> CoverageAsync(Guid? id, Guid patient, CancellationToken ct) =>
        id is null ? null : await db.Coverages.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id && c.PatientId == patient, ct);

    /// <summary>The sentence for a save that the database refused, and its field; null when it is something else.</summary>
    public static (string Field, string Sentence)? Refusal(DbUpdateException e) => (e.InnerException as PostgresException)?.ConstraintName is { } name ? SpecialistNames.Sentence(name) switch
    {
        ("Npi", var sentence) => (nameof(ReferralFields.Npi), sentence),
        (_, var sentence) => (nameof(ReferralFields.SpecialistName), sentence),
        null => null,
    } : null;
}
