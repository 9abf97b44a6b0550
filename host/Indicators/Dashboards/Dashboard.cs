using Modular.Sdk;

namespace Modular.Host.Indicators.Dashboards;

/// <summary>Indicators that somebody looks at together, in their order.</summary>
public sealed class Dashboard : IVersioned
{
    public const int MostIndicators = 12;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public string Name { get; set; } = "";
    public Guid OwnerId { get; init; }
    public string Owner { get; init; } = "";

    /// <summary>The role preset it is shared with; null for the owner's own.</summary>
    public string? Role { get; set; }

    /// <summary>Of indicators; those of a module that is off or gone keep their place.</summary>
    public List<string> Keys { get; set; } = [];

    public string Period { get; set; } = IndicatorSpan.Usual;

    /// <summary>Null for all places of whoever looks.</summary>
    public Guid? LocationId { get; set; }

    /// <summary>Dashboards that a person sees: their own, and those of their roles; the owner of the practice sees all that are shared.</summary>
    public static IQueryable<Dashboard> SeenBy(IQueryable<Dashboard> all, Actor actor)
    {
        var (me, roles, every) = (actor.PersonId, actor.Roles.ToArray(), actor.Roles.Contains(Roles.Owner));
        return all.Where(d => d.OwnerId == me || (d.Role != null && (every || roles.Contains(d.Role))));
    }

    /// <summary>Those that somebody with the permission may change: their own and those that are shared.</summary>
    public static IQueryable<Dashboard> ChangedBy(IQueryable<Dashboard> all, Actor actor)
    {
        var me = actor.PersonId;
        return all.Where(d => d.OwnerId == me || d.Role != null);
    }
}
