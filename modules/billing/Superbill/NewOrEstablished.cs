using Modular.Sdk;

namespace Modular.Billing.Superbill;

/// <summary>An earlier professional service, face to face.</summary>
/// <param name="Entity">The group in whose name it was done.</param>
/// <param name="Specialty">Of who did it, exact to the subspecialty; null where the practice has said none.</param>
public sealed record EarlierService(DateOnly On, Guid? Entity, Guid? ProviderId, string? Provider, string? Specialty);

/// <summary>
/// Whether a patient is new: nobody of the same group and exact specialty gave a professional service, face to face, within three years
/// (CPT, Evaluation and Management guidelines). The anniversary itself is within.
/// </summary>
public sealed record NewOrEstablished(bool IsNew, string Because)
{
    private const int Years = 3;

    public static NewOrEstablished Of(DateOnly day, Guid? entity, Guid? provider, string? specialty, IEnumerable<EarlierService> earlier)
    {
        var last = earlier.Where(e => e.On < day && e.Entity == entity).OrderByDescending(e => e.On).ToList();
        // Whose specialty nobody has said counts as everybody's: a patient is called new only where that is sure.
        var same = last.Find(e => e.ProviderId == provider || e.Specialty is null || specialty is null || e.Specialty == specialty);
        if (same is not null && same.On >= day.AddYears(-Years))
        {
            return new(false, $"Established: seen on {Said.ShortDay(same.On)}{(same.Provider is null ? "" : $" by {same.Provider}")}, within three years.");
        }

        return new(true, same is not null ? $"New: last seen on {Said.ShortDay(same.On)}, more than three years before."
            : last.Count > 0 ? $"New to this specialty: last seen on {Said.ShortDay(last[0].On)} by {last[0].Provider ?? "somebody"} of another."
            : "New: no earlier service of this group is known here.");
    }

    /// <summary>Office visits have two families of codes (99202–99205, 99211–99215): says when a line has one of the wrong family.</summary>
    public string? Doubt(string code) => (IsNew, code) switch
    {
        (false, "99202" or "99203" or "99204" or "99205") => $"{code} is for new patients. {Because}",
        (true, "99211" or "99212" or "99213" or "99214" or "99215") => $"{code} is for established patients. {Because}",
        _ => null,
    };
}
