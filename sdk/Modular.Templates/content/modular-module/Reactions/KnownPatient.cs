using Modular.Sdk;

namespace Modular.Newmodule.Reactions;

/// <summary>What this module shows of a patient; the patients module owns it and logged the change already.</summary>
[NotLogged]
public sealed class KnownPatient
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public required string Name { get; init; }
}
