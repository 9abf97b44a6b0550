namespace Modular.Sdk;

/// <summary>Who asks for a list, when and where: what a filter such as Mine or Overdue has to know.</summary>
/// <param name="Zone">Of the location chosen in the top bar, else the practice's.</param>
public sealed record ListAsk(Actor Actor, DateTimeOffset Now, string Zone)
{
    public Guid? Me => Actor.PersonId;

    /// <summary>Today at the place.</summary>
    public DateOnly Today => DateOnly.FromDateTime(WallTime.At(Now, Zone).DateTime);
}
