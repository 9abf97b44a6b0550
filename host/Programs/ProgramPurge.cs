using Microsoft.EntityFrameworkCore;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Programs;

/// <summary>What programs had of a module whose data is deleted for ever: were it installed again one day, nobody would have given it to them.</summary>
public sealed class ProgramPurge(ProgramsDb db, ProgramAdmin admin, ScopeContext scope, TimeProvider clock)
{
    /// <summary>In the transaction that deletes. A program that is left with nothing to do is cut off, a webhook with nothing to tell is ended.</summary>
    /// <returns>How many programs lost something.</returns>
    public async Task<int> ForgetAsync(string module, CancellationToken ct)
    {
        var own = $"{module}.";
        var programs = (await db.Programs.Where(p => p.RevokedAt == null).ToListAsync(ct)).Where(p => p.Scopes.Any(s => IsOf(own, s))).ToList();
        foreach (var program in programs)
        {
            if (Rest(own, program.Scopes) is [_, ..] left)
            {
                program.Scopes = left;
            }
            else
            {
                await admin.EndAsync(program, ct);
            }
        }

        foreach (var webhook in (await db.Webhooks.Where(w => w.EndedBy == null).ToListAsync(ct)).Where(w => w.Aliases.Any(a => IsOf(own, a))))
        {
            if (Rest(own, webhook.Aliases) is [_, ..] left)
            {
                webhook.Aliases = left;
            }
            else
            {
                (webhook.EndedAt, webhook.EndedWhy, webhook.EndedBy) = (webhook.EndedAt ?? clock.GetUtcNow(), $"The module {module} was deleted for ever", scope.Actor.Name);
            }
        }

        await db.SaveChangesAsync(ct);
        return programs.Count;
    }

    private static bool IsOf(string own, string name) => name.StartsWith(own, StringComparison.Ordinal);

    private static string[] Rest(string own, string[] names) => [.. names.Where(n => !IsOf(own, n))];
}
