using Modular.Billing.Authorizations;
using Modular.Billing.Claims;
using Modular.Billing.Encounters;
using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Billing.Reactions;

/// <summary>What billing keeps of what others own.</summary>
public static class Known
{
    /// <summary>Hears <see cref="PatientChanged"/>, <see cref="PatientRemoved"/> and <see cref="PatientsMerged"/>.</summary>
    public static readonly Projection<PatientChanged, KnownPatient> Patients = KnownPatient.Projection()
        .Copied<Encounter>(e => e.PatientId, e => e.PatientName, p => p.Name)
        .Copied<Claim>(c => c.PatientId, c => c.PatientName, p => p.Name)
        .Copied<Authorization>(a => a.PatientId, a => a.PatientName, p => p.Name);

    public static readonly Projection<PatientChanged, ClaimPatient> ClaimPatients = new Projection<PatientChanged, ClaimPatient>(p => new()
    {
        Id = p.PatientId,
        Version = p.Version,
        FirstName = p.FirstName,
        MiddleName = p.MiddleName,
        LastName = p.LastName,
        Suffix = p.Suffix,
        Address = p.Address,
        Address2 = p.Address2,
        City = p.City,
        State = p.State,
        Zip = p.Zip,
        DeceasedOn = p.DeceasedOn,
    }).RemovedBy<PatientRemoved>(gone => gone.PatientId);

    public static readonly Projection<CoverageChanged, KnownCoverage> Coverages = new Projection<CoverageChanged, KnownCoverage>(c => new()
    {
        Id = c.CoverageId,
        Version = c.Version,
        PatientId = c.PatientId,
        CaseId = c.CaseId,
        Line = c.BenefitLine,
        Rank = c.Rank,
        PayerId = c.PayerId,
        Payer = c.PayerName,
        ClaimFilingCode = c.ClaimFilingCode,
        MemberId = c.MemberId,
        GroupNumber = c.GroupNumber,
        GroupName = c.GroupName,
        PlanName = c.PlanName,
        PlanType = c.PlanType,
        Relationship = c.Relationship,
        SubscriberFirst = c.Subscriber.FirstName,
        SubscriberMiddle = c.Subscriber.MiddleName,
        SubscriberLast = c.Subscriber.LastName,
        SubscriberSuffix = c.Subscriber.Suffix,
        SubscriberBirth = c.Subscriber.BirthDate,
        SubscriberSex = c.Subscriber.Sex,
        SubscriberAddress = c.Subscriber.Address,
        SubscriberAddress2 = c.Subscriber.Address2,
        SubscriberCity = c.Subscriber.City,
        SubscriberState = c.Subscriber.State,
        SubscriberZip = c.Subscriber.Zip,
        EffectiveFrom = c.EffectiveFrom,
        EffectiveTo = c.EffectiveTo,
    }).Once(c => c.PatientId).RemovedBy<PatientRemoved>(gone => gone.PatientId, c => c.PatientId);

    public static readonly Projection<CaseChanged, KnownCase> Cases = new Projection<CaseChanged, KnownCase>(c => new()
    {
        Id = c.CaseId,
        Version = c.Version,
        PatientId = c.PatientId,
        Kind = c.Kind,
        Title = c.Title,
        AccidentOn = c.AccidentOn,
        State = c.AccidentState,
        ClaimNumber = c.ClaimNumber,
        ClosedOn = c.ClosedOn,
    }).Once(c => c.PatientId).RemovedBy<PatientRemoved>(gone => gone.PatientId, c => c.PatientId);

    public static readonly Projection<PayerChanged, KnownPayer> Payers = new(p => new()
    {
        Id = p.PayerId,
        Version = p.Version,
        Name = p.Name,
        PayerNumber = p.PayerNumber,
        Address = p.Address,
        City = p.City,
        State = p.State,
        Zip = p.Zip,
        Phone = p.Phone,
        ClaimFilingCode = p.ClaimFilingCode,
        Active = p.Active,
    });

    public static readonly Projection<StaffMemberChanged, KnownStaffMember> Providers = KnownStaffMember.Providers();

    public static readonly Projection<StaffMemberChanged, ClaimStaff> ClaimStaff = new Projection<StaffMemberChanged, ClaimStaff>(s => new()
    {
        Id = s.StaffMemberId, Version = s.Version, FirstName = s.FirstName, LastName = s.LastName,
    }).Where(s => s.IsProvider);

    public static readonly Projection<LocationChanged, KnownPlace> Places = new(l => new()
    {
        Id = l.LocationId,
        Version = l.Version,
        Name = l.Name,
        Zone = l.Zone,
        EntityId = l.EntityId,
        Address = l.Address,
        City = l.City,
        State = l.State,
        Zip = l.Zip,
        Active = l.Active,
    });

    public static readonly Projection<EntityChanged, KnownEntity> Entities = KnownEntity.Projection();

    public static readonly Projection<CostCentreChanged, KnownCostCentre> CostCentres = KnownCostCentre.Projection();
}
