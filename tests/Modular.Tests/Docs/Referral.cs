using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: entity
/// <summary>A patient sent to a specialist, until the specialist's report is here.</summary>
public sealed class Referral : IVersioned, IAtLocation, IOfPatient
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid LocationId { get; init; }
    public Guid PatientId { get; init; }
    public required string PatientName { get; set; }
    public required string SentTo { get; set; }
    public string? Phone { get; set; }
    public string? Reason { get; set; }
    public DateOnly SentOn { get; init; }
    public DateOnly? NeededBy { get; set; }

    /// <summary>One of sent, closed.</summary>
    public string Status { get; set; } = "sent";

    public bool Overdue { get; set; }
    public Guid? ReportFileId { get; set; }

    Guid? IOfPatient.PatientId => PatientId;

    public bool IsLate(DateOnly today, int days) => Status == "sent" && (NeededBy ?? SentOn.AddDays(days)) < today;

    public ReferralChanged State() => new(Id, Version, PatientId, LocationId, SentTo, SentOn, Status);
}
// end

/// <summary>An entry of the practice's address book.</summary>
public sealed class Specialist : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required string Name { get; set; }
    public string? Phone { get; set; }
    public string? SourceId { get; init; }
}

// snippet: projection
/// <summary>What this module shows of a patient; the patients module owns it and logged the change already.</summary>
[NotLogged]
public sealed class KnownPatient : IProjected
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public required string Name { get; init; }

    /// <summary>The names on the referrals follow.</summary>
    public static readonly Projection<PatientChanged, KnownPatient> Projection =
        new Projection<PatientChanged, KnownPatient>(p => new() { Id = p.PatientId, Version = p.Version, Name = PatientName.Sorted(p.LastName, p.FirstName, p.PreferredName) })
            .Copied<Referral>(r => r.PatientId, r => r.PatientName, p => p.Name)
            .RemovedBy<PatientRemoved>(gone => gone.PatientId);
}
// end
