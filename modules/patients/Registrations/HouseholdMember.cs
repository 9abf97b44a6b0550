using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Contacts;
using Modular.Patients.Coverages;
using Modular.Sdk;

namespace Modular.Patients.Registrations;

/// <summary>Registers somebody who lives with a patient: address, phone and coverage are taken over, not typed again.</summary>
public sealed class HouseholdMember(PatientsDb db, IAccessLog log, IPractice practice, Registrar registrar, IMessageBus bus, ISettings<PatientsSettings> settings)
    : PatientSlice(db, log, practice)
{
    public sealed class Choice
    {
        /// <summary>What the new patient is to the one who is here: child, spouse, sibling, other.</summary>
        public string? Is { get; set; } = "child";
        public bool CopyAddress { get; set; } = true;
        public bool CopyCoverage { get; set; } = true;
    }

    public sealed record Model(Patient Like, DateOnly Today, PatientForm Form, Choice Choice, IReadOnlyList<Patient> Same, IReadOnlyList<Coverage> Coverages);

    public static IReadOnlyDictionary<string, string> Kin { get; } = new Dictionary<string, string> { ["child"] = "Child", ["spouse"] = "Spouse", ["sibling"] = "Brother or sister", ["other"] = "Other" };

    [HttpGet("/patients/registrations/household/{patientId:guid}")]
    [Needs(PatientsPermissions.Edit)]
    public async Task<IActionResult> Get([Patient("household")] Guid patientId, CancellationToken ct) => await OpenAsync(patientId, ct) is { } like
        ? Page(new Model(like, Today, new() { LastName = like.LastName }, new() { Is = Age.IsMinor(like.BirthDate, Today) ? "sibling" : "child" }, [], await CoveragesAsync(patientId, ct)))
        : Gone();

    [HttpPost("/patients/registrations/household/{patientId:guid}")]
    [Needs(PatientsPermissions.Edit)]
    public async Task<IActionResult> Post([Patient("household")] Guid patientId, PatientForm form, Choice choice, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } like)
        {
            return Gone();
        }

        // A confidential way to be reached is one person's own and is copied to nobody.
        if (choice.CopyAddress && !like.ReachOn(Today).Confidential)
        {
            (form.Address, form.Address2, form.City, form.State, form.Zip, form.County, form.Language) =
                (like.Address, like.Address2, like.City, like.State, Format.Zip(like.Zip), like.County, like.Language);
            form.HomePhone ??= TypedPhone.Show(like.HomePhone ?? like.MobilePhone);
        }

        var coverages = await CoveragesAsync(patientId, ct);
        await using var write = await Db.BeginWriteAsync(ct);
        var outcome = await registrar.RegisterAsync(form, Today, ct);
        if (outcome.Registered is not { } patient)
        {
            await write.DisposeAsync();
            AccessLog.Listed([patientId, .. outcome.Same.Select(p => p.Id)], "possible duplicates at registration");
            Accept(outcome.Errors);
            return Invalid(new Model(like, Today, form, choice, outcome.Same, coverages));
        }

        await TakeOverAsync(like, patient, choice, coverages, ct);
        await write.CommitAsync(ct);
        return Done($"/patients/charts/{patient.Id}", $"{patient.FullName} is registered, number {patient.RecordNumber}, with what {like.FirstName} has.");
    }

    private async Task TakeOverAsync(Patient like, Patient patient, Choice choice, IReadOnlyList<Coverage> coverages, CancellationToken ct)
    {
        var minor = Age.IsMinor(patient.BirthDate, Today);
        if (choice.Is == "sibling")
        {
            // Brothers and sisters have the same parents: who decides and pays for one does for the other.
            var today = Today;
            var parents = await Db.Contacts.AsNoTracking().Where(c => c.PatientId == like.Id && c.Authority != null && (c.ToDate == null || c.ToDate >= today)).ToListAsync(ct);
            Db.AddRange(parents.Where(c => c.OtherPatientId != patient.Id).Select(c => Parent(c, patient)));
        }
        else
        {
            Db.Add(new Contact
            {
                PatientId = patient.Id, OtherPatientId = like.Id, BirthDate = like.BirthDate, Phone = like.ReachOn(Today).Phone, FromDate = Today, Emergency = like.ReachOn(Today).Phone is null ? null : 1,
                FirstName = like.FirstName, MiddleName = like.MiddleName, LastName = like.LastName, Suffix = like.Suffix,
                Relationship = choice.Is == "child" ? "parent" : choice.Is == "spouse" ? "spouse" : "other",
                Guarantor = choice.Is == "child" && minor, Authority = choice.Is == "child" && minor ? "parent" : null, MayDiscuss = choice.Is == "child" && minor,
            });
        }

        var copies = choice.CopyCoverage ? coverages.Select(c => Copy(c, like, patient, choice.Is)).ToList() : [];
        Db.AddRange(copies);
        await Db.SaveChangesAsync(ct);
        await Db.TellCoveragesAsync(bus, [.. copies.Select(c => c.Id)], Today, ct);
        await Registration.FinishAsync(Db, patient, await settings.GetAsync(ct: ct), Today, ct);
        await Db.TellAnewAsync(bus, [patient], Today, ct);
    }

    /// <summary>The new patient is a dependent of whoever holds the policy.</summary>
    private Coverage Copy(Coverage c, Patient like, Patient patient, string? kin)
    {
        var copy = Dependent(c, patient, kin);
        // A confidential way to be reached is one person's own: where they live is not copied past it.
        var known = c.HeldBy() ?? like.AsSubscriber(Today);
        copy.HoldBy(c.HeldBy() is null && like.ReachOn(Today).Confidential
            ? known with { Address = null, Address2 = null, City = null, State = null, Zip = null } : known);
        return copy;
    }

    private static Coverage Dependent(Coverage c, Patient patient, string? kin) => new()
    {
        PatientId = patient.Id, PayerId = c.PayerId, BenefitLine = c.BenefitLine, Rank = c.Rank, MemberId = c.MemberId, GroupNumber = c.GroupNumber,
        GroupName = c.GroupName, PlanName = c.PlanName, PlanType = c.PlanType,
        CopayOffice = c.CopayOffice, CopaySpecialist = c.CopaySpecialist, CopayUrgent = c.CopayUrgent, CopayPreventive = c.CopayPreventive, CopayTelehealth = c.CopayTelehealth,
        Relationship = kin is "child" or "sibling" ? "child" : kin == "spouse" ? "spouse" : "other",
        EffectiveFrom = c.EffectiveFrom < patient.BirthDate ? patient.BirthDate : c.EffectiveFrom, EffectiveTo = c.EffectiveTo,
    };

    private static Contact Parent(Contact c, Patient patient) => new()
    {
        PatientId = patient.Id, OtherPatientId = c.OtherPatientId, FirstName = c.FirstName, MiddleName = c.MiddleName, LastName = c.LastName, Suffix = c.Suffix,
        Relationship = c.Relationship, BirthDate = c.BirthDate, Phone = c.Phone, OtherPhone = c.OtherPhone, Email = c.Email,
        Address = c.Address, Address2 = c.Address2, City = c.City, State = c.State, Zip = c.Zip, Emergency = c.Emergency, Guarantor = c.Guarantor, MayDiscuss = c.MayDiscuss, Authority = c.Authority,
        AuthorityNote = c.AuthorityNote, FromDate = c.FromDate, ToDate = c.ToDate,
    };

    /// <summary>A plan of a case is one person's own.</summary>
    private Task<List<Coverage>> CoveragesAsync(Guid patientId, CancellationToken ct)
    {
        var today = Today;
        return Db.Coverages.AsNoTracking().Include(c => c.Payer).Where(c => c.PatientId == patientId && c.CaseId == null && c.EffectiveFrom <= today && (c.EffectiveTo == null || c.EffectiveTo >= today)).ToListAsync(ct);
    }
}
