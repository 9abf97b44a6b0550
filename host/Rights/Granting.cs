using Modular.Sdk;

namespace Modular.Host.Rights;

/// <summary>What somebody may give: nobody grants what they lack, otherwise "may invite people" would silently mean "may do everything".</summary>
public static class Granting
{
    /// <param name="has">What the roles to be given allow.</param>
    /// <param name="titles">Permission titles, for the sentence.</param>
    /// <returns>The sentence for the person, or null when they may.</returns>
    public static string? Fault(Actor by, IReadOnlyCollection<string> presets, IReadOnlySet<string> has, Func<string, string> titles)
    {
        if (by.IsSystem)
        {
            return null;
        }

        if (presets.Contains(Roles.Owner) && !by.Roles.Contains(Roles.Owner))
        {
            return "Only an owner makes somebody an owner.";
        }

        var lacking = has.Where(permission => !by.Can(permission)).Select(titles).Order().ToList();
        return lacking.Count == 0 ? null : $"You cannot give what you do not have yourself: {Few(lacking)}.";
    }

    /// <param name="locations">Null is all locations.</param>
    public static string? LocationFault(Actor by, IReadOnlyCollection<Guid>? locations) =>
        by.Locations is null || (locations is not null && locations.All(by.Locations.Contains)) ? null
            : "You can only give locations at which you work yourself.";

    /// <summary>Three of them in words, and how many more.</summary>
    public static string Few(IReadOnlyCollection<string> titles) =>
        string.Join("; ", titles.Take(3)) + (titles.Count > 3 ? $" and {titles.Count - 3} more" : "");
}
