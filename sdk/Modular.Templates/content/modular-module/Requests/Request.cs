using Modular.Newmodule.Messages;
using Modular.Sdk;

namespace Modular.Newmodule.Requests;

/// <summary>Something asked for a patient, until it is done.</summary>
public sealed class Request : IVersioned, IAtLocation, IOfPatient
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid LocationId { get; init; }
    public Guid PatientId { get; init; }
    public required string Title { get; set; }
    public DateOnly AskedOn { get; init; }
    public DateOnly? DoneOn { get; private set; }
    public bool Overdue { get; set; }

    Guid? IOfPatient.PatientId => PatientId;

    public bool IsLate(DateOnly today, int days) => DoneOn is null && AskedOn.AddDays(days) < today;

    public void Finish(DateOnly today) => (DoneOn, Overdue) = (today, false);

    public RequestChanged State() => new(Id, Version, PatientId, LocationId, Title, AskedOn, DoneOn, Overdue);
}
