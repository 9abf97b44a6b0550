using Modular.Host.Installed;
using Modular.Host.Migrations;
using Modular.Host.Practices;

namespace Modular.Host.Installing;

/// <summary>A migration of a module that made tables in a practice: what says how far they are, whether its files are there or not.</summary>
public sealed record AppliedMigration(string Practice, string Module, string Name)
{
    /// <summary>Of every practice that this host serves.</summary>
    public static async Task<IReadOnlyList<AppliedMigration>> ReadAsync(PracticeRegistry practices, CancellationToken ct)
    {
        var all = new List<AppliedMigration>();
        foreach (var practice in practices.All.OrderBy(p => p.Row.Slug, StringComparer.Ordinal))
        {
            await using var connection = await practice.OpenAsync(ct);
            all.AddRange((await Migrator.AppliedAsync(connection, ct)).Keys.Where(m => m.Owner != LoadedModule.CoreId)
                .Select(m => new AppliedMigration(practice.Row.Slug, m.Owner, m.Name)).OrderBy(m => m.Name, StringComparer.Ordinal));
        }

        return all;
    }
}
