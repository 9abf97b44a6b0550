namespace Modular.Sdk;

/// <summary>A person whom work can be given to.</summary>
/// <param name="Locations">Where they work; null is everywhere.</param>
public sealed record WorkOwner(Guid Id, string Name, IReadOnlyCollection<Guid>? Locations = null)
{
    internal bool WorksAt(object row) => Locations is null || row is not IAtLocation at || Locations.Contains(at.LocationId);
}

/// <summary>Whose rows of a queue a list can show, and how many they are.</summary>
/// <param name="Id">Null for those of nobody.</param>
public sealed record OwnerCount(Guid? Id, string? Name, int Rows);

/// <summary>What became of rows that somebody wanted to give or take.</summary>
/// <param name="Changed">How many have the wanted owner now.</param>
/// <param name="Refusal">Why others do not, in a sentence; null when all have.</param>
/// <param name="Locations">Where the changed rows are, for pages that follow them.</param>
public sealed record QueueOutcome(int Changed, string? Refusal, IReadOnlyCollection<Guid> Locations);

/// <summary>Who asks for work, when, and where they are.</summary>
/// <param name="Place">The location chosen in the top bar; null for all of the person's.</param>
public sealed record QueueAsk(Actor Actor, DateTimeOffset Now, Guid? Place);
