using Modular.Host.Data;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Search;

/// <param name="Kind">As the module declared it: "patient", "visit".</param>
public sealed record Found(string Module, string Kind, Guid EntityId, string Title, string Detail, string Link, Guid? PatientId);

/// <summary>
/// The one search: what this person may find in the enabled modules at their locations, in one query. The names it shows are
/// patient data, so finding patients is written to the access log.
/// </summary>
public sealed class GlobalSearch(Work work, ScopeContext scope, IAccessLog accesses)
{
    /// <summary>Ranked among so many that match; a longer list means the person types on.</summary>
    private const int MostRanked = 400;

    // Every word must begin a word of the row, in any order. A row whose title begins with what was typed comes first,
    // then rows with whole words. Only when nothing matches, words that look alike (pg_trgm) are tried.
    private static readonly string Query = $"""
        with matched as materialized (
            select * from core.search
            where lexemes @@ $6::tsquery and module = any($1) and ($2 or permission = any($3))
              and ($4 or location_id is null or location_id = any($5))
            limit {MostRanked}
        )
        (select module, kind, entity_id, title, detail, link, patient_id,
            (case when words like $7 then 0 else 1 end - case when lexemes @@ $10::tsquery then 0.5 else 0 end)::real as rank
        from matched)
        union all
        (select module, kind, entity_id, title, detail, link, patient_id, -likeness
        from core.search_typos($1, $2, $3, $4, $5, $8, $11, $9)
        where length($8) >= 4 and not exists (select 1 from matched))
        order by rank, title, entity_id limit $9
        """;

    public async Task<IReadOnlyList<Found>> FindAsync(string text, int take = 12, CancellationToken ct = default)
    {
        var words = SearchWords.Asked(text);
        if (words.Length == 0)
        {
            return [];
        }

        var actor = scope.Actor;
        var data = DataScope.Of(actor);
        var connection = await work.OpenAsync(ct);
        var found = await connection.QueryAsync(Query,
        [
            ModulesOn(), actor.IsSystem, actor.Permissions.ToArray(), data.AllLocations, data.Locations,
            // Words hold letters and digits only, so a quoted lexeme cannot be broken out of; the text is a parameter all the same.
            string.Join(" & ", words.Select(w => $"'{w}':*")),
            words[0] + "%", words.MaxBy(w => w.Length)!, take, string.Join(" & ", words.Select(w => $"'{w}'")), words,
        ], Row, ct);
        accesses.Listed([.. found.Select(f => f.PatientId).OfType<Guid>().Distinct()], "search results");
        return found;
    }

    private string[] ModulesOn() => [.. scope.Practice.Snapshot.ModulesOn, "core"];

    private static Found Row(NpgsqlDataReader r) =>
        new(r.GetString(0), r.GetString(1), r.GetGuid(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GuidOrNull(6));
}
