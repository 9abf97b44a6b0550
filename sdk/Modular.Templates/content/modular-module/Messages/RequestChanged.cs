using Modular.Sdk;

namespace Modular.Newmodule.Messages;

/// <summary>A request was made, done or found overdue: its whole state, so that a listener needs one upsert guarded by <paramref name="Version"/>.</summary>
/// <param name="DoneOn">Null while it is open.</param>
[Message("newmodule.request-changed.v1")]
public sealed record RequestChanged(Guid RequestId, int Version, Guid PatientId, Guid LocationId, string Title, DateOnly AskedOn, DateOnly? DoneOn, bool Overdue);
