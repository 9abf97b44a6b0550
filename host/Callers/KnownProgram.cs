using Modular.Sdk;

namespace Modular.Host.Callers;

/// <summary>What a request needs to know of a program that is not cut off.</summary>
/// <param name="Locations">Null: all of the practice.</param>
public sealed record KnownProgram(
    Guid Id, string Name, IReadOnlySet<string> Scopes, IReadOnlyList<Guid>? Locations, int RequestsPerMinute, int Generation, string Kind, IReadOnlyList<string> RedirectUris)
{
    /// <summary>As programs write it: 32 hex digits.</summary>
    public string ClientId => Id.ToString("N");

    /// <summary>As it acts for itself with a token for these scopes.</summary>
    public Actor Actor(IReadOnlySet<string> asked, IReadOnlySet<string> declared) => new()
    {
        Name = Name,
        ProgramId = Id,
        Permissions = Scopes.Where(s => asked.Contains(s) && declared.Contains(s)).ToHashSet(),
        Locations = Locations,
    };

    /// <summary>As it acts for a person: what both may do and where both may be, at this moment.</summary>
    public Actor ActorFor(Actor person, IReadOnlySet<string> asked) => new()
    {
        Name = person.Name,
        PersonId = person.PersonId,
        ProgramId = Id,
        Permissions = Scopes.Where(s => asked.Contains(s) && person.Can(s)).ToHashSet(),
        Locations = Locations is null ? person.Locations : person.Locations is null ? Locations : [.. Locations.Intersect(person.Locations)],
    };
}
