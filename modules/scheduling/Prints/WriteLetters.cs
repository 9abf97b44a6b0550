using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Sdk;

namespace Modular.Scheduling.Prints;

/// <summary>Letters about the visits that were chosen in a list, or about all that its filters leave.</summary>
public abstract class WriteLetters(IMailMerge merge) : Slice
{
    /// <param name="rows">The list's rows that this person may see.</param>
    /// <param name="chosen">None: all that the filters in the address leave.</param>
    /// <param name="back">The list.</param>
    protected async Task<IActionResult> WriteAsync(
        LetterKind kind, ListDefinition<Visit> list, IQueryable<Visit> rows, Guid[] chosen, ListQuery query, string back, CancellationToken ct)
    {
        var asked = Asked(list, query);
        if (asked.Refusal is { } refusal)
        {
            return Done(back, refusal);
        }

        var about = chosen.Length > 0 ? rows.Where(v => chosen.Contains(v.Id)) : asked.Filtered(rows);
        try
        {
            return LocalRedirect(await merge.BeginAsync(
                kind, await asked.Ordered(about).Select(v => v.Id).Take(IMailMerge.MostLetters + 1).ToListAsync(ct), ct));
        }
        catch (MailMergeRefusedException e)
        {
            return Done(back, e.Message);
        }
    }
}
