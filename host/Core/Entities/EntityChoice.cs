using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Core.Entities;

/// <summary>The legal entity of a location, of a member of staff, of a cost center: a field only where there are two.</summary>
public static class EntityChoice
{
    /// <summary>What may be chosen; nothing where there is one entity.</summary>
    /// <param name="all">What stands for all of them; null where that is no choice.</param>
    public static async Task<IReadOnlyList<SelectListItem>> ItemsAsync(CoreDb db, Guid? current, string? all, CancellationToken ct)
    {
        var entities = await db.LegalEntities.AsNoTracking().Where(e => e.Active || e.Id == current)
            .OrderByDescending(e => e.Main).ThenBy(e => e.Name).ToListAsync(ct);
        var some = entities.Select(e => new SelectListItem(e.Name, e.Id.ToString()));
        return entities.Count < 2 ? [] : [.. all is null ? some : some.Prepend(new(all, ""))];
    }

    /// <summary>The one that was chosen, or the main one; refused when it is none of this practice's or closed.</summary>
    /// <param name="present">The row's until now.</param>
    public static async Task<Guid> ChosenAsync(CoreDb db, Guid? typed, Guid present, Reading read, CancellationToken ct)
    {
        var chosen = typed ?? (present != Guid.Empty ? present : await db.LegalEntities.Where(e => e.Main).Select(e => e.Id).SingleAsync(ct));
        if (chosen != present && !await db.LegalEntities.AnyAsync(e => e.Id == chosen && e.Active, ct))
        {
            read.Refuse("EntityId", "Choose an entity from the list.");
        }

        return chosen;
    }
}
