using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>One change of a visit, with who and when; the host's change log has the values, this has the words.</summary>
[NotLogged]
public sealed class VisitChange
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid VisitId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public required string Said { get; set; }

    /// <summary>One of ok, bad, info or empty.</summary>
    public string Tone { get; init; } = "";

    /// <summary>Where the visit was before a move, so that the move can be taken back.</summary>
    public DateTimeOffset? WasStart { get; init; }
    public Guid? WasProvider { get; init; }
    public Guid? WasLocation { get; init; }
}
