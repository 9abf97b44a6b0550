using Modular.Sdk;

namespace Modular.Billing.Encounters;

/// <summary>What was done for a patient, by whom, where and when, until its charges are ready for a claim. Its steps are in
/// EncounterProgress.cs.</summary>
public sealed partial class Encounter : IVersioned, IAtLocation, IOfPatient, IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required Guid LocationId { get; init; }

    /// <summary>Of the location: its days are the encounter's.</summary>
    public required string Zone { get; init; }

    /// <summary>In whose name it is charged.</summary>
    public Guid? EntityId { get; set; }
    public Guid? CostCentreId { get; set; }
    public required Guid PatientId { get; init; }
    public required string PatientName { get; init; }

    /// <summary>The kept visit; null for a service without an appointment.</summary>
    public Guid? VisitId { get; set; }

    /// <summary>Made with the form or the row of a program: sent twice, it is one encounter.</summary>
    public Guid? FormKey { get; init; }

    /// <summary>visit, form, rounds, program, import or hl7.</summary>
    public required string Source { get; init; }
    public required DateOnly ServiceFrom { get; init; }
    public required DateOnly ServiceTo { get; init; }

    /// <summary>In the desk's words.</summary>
    public required string What { get; init; }

    /// <summary>Two digits of CMS: 11 office, 10 telehealth at home, 21 hospital.</summary>
    public required string PlaceOfService { get; set; }

    /// <summary>The hospital or home where it was, when not at the practice.</summary>
    public string? Facility { get; set; }
    public Guid? RenderingId { get; private set; }
    public string? Rendering { get; private set; }
    public Guid? SupervisingId { get; private set; }
    public string? Supervising { get; private set; }
    public Guid? OrderingId { get; private set; }
    public string? Ordering { get; private set; }
    public string? Referring { get; set; }
    public string? ReferringNpi { get; set; }

    /// <summary>Done by staff under the supervisor, and charged in the supervisor's name (42 CFR 410.26).</summary>
    public bool IncidentTo { get; set; }
    public Guid? CaseId { get; private set; }
    public string? Note { get; set; }
    public EncounterState State { get; private set; }

    /// <summary>US dollars.</summary>
    public decimal Total { get; private set; }

    /// <summary>Why nothing is charged, or why it is void.</summary>
    public string? EndReason { get; private set; }

    /// <summary>By when the charges are to be there.</summary>
    public required DateOnly DueOn { get; init; }
    public Guid? OwnerId { get; set; }
    public string? Owner { get; set; }

    public List<Diagnosis> Diagnoses { get; } = [];
    public List<ChargeLine> Lines { get; } = [];
    public List<EncounterCoverage> Coverages { get; } = [];

    /// <summary>All that was posted of it.</summary>
    public List<Charge> Charges { get; } = [];

    public List<StepLine<Encounter>> History { get; } = [];

    Guid? IOfPatient.PatientId => PatientId;

    public bool IsEditable => State is EncounterState.Open or EncounterState.Entered;

    public string Url => $"/billing/superbill/{Id}";

    /// <summary>Nobody waits longer than this for the charges of a day: what is entered late is remembered badly and paid late.</summary>
    public static DateOnly Due(DateOnly serviceTo) => serviceTo.AddDays(3);

    public void By(Sdk.Core.KnownStaffMember? rendering, Sdk.Core.KnownStaffMember? supervising = null, Sdk.Core.KnownStaffMember? ordering = null) =>
        (RenderingId, Rendering, SupervisingId, Supervising, OrderingId, Ordering) =
        (rendering?.Id, rendering?.Name, supervising?.Id, supervising?.Name, ordering?.Id, ordering?.Name);

    /// <summary>Who did it is known by id before the name has come.</summary>
    public void By(Guid rendering, string name) => (RenderingId, Rendering) = (rendering, name);
}
