using Modular.Host.Data;
using Modular.Host.PatientAccess;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Search;

/// <param name="Kind">As the module declared it: "patient", "visit".</param>
public sealed record Found(string Module, string Kind, Guid EntityId, string Title, string Detail, string Link, Guid? PatientId);

/// <summary>
/// The one search: what this person may find in the enabled modules at their locations, in one query. The names it shows are
/// patient data, so finding patients is written to the access log.
/// </summary>
public sealed class GlobalSearch(Work work, ScopeContext scope, IAccessLog accesses, DataScope data, PatientDoor door)
{
    /// <summary>Ranked among so many that match; a longer list means the person types on.</summary>
    private const int MostRanked = 400;

    // Of a shut chart the patient alone is found, by whoever may open it.
    private const string Visible = """
        module = any($1) and ($2 or permission = any($3)) and ($4 or location_id is null or location_id = any($5))
        and (patient_id is null or patient_id <> all($6) or ($7 and entity_id = patient_id))
        """;

    // Every word must begin a word of the row, in any order. A row whose title begins with what was typed comes first,
    // then rows with whole words.
    private static readonly string Begun = $"""
        with matched as materialized (
            select * from core.search where lexemes @@ $8::tsquery and {Visible} limit {MostRanked}
        )
        select module, kind, entity_id, title, detail, link, patient_id,
            (case when words like $10 then 0 else 1 end - case when lexemes @@ $9::tsquery then 0.5 else 0 end)::real as rank
        from matched order by rank, title, entity_id limit $11
        """;

    // Only when nothing matches: words that look alike, by the list of all words.
    private static readonly string Alike = $"""
        with matched as materialized (
            select * from core.search where lexemes @@ core.search_alike($8) and {Visible} limit {MostRanked}
        )
        select module, kind, entity_id, title, detail, link, patient_id, (select sum(public.word_similarity(w, words)) from unnest($8) w) as likeness
        from matched order by likeness desc, title, entity_id limit $9
        """;

    public async Task<IReadOnlyList<Found>> FindAsync(string text, int take = 12, CancellationToken ct = default)
    {
        var words = SearchWords.Asked(text);
        if (words.Length == 0)
        {
            return [];
        }

        var connection = await work.OpenAsync(ct);
        // Words hold letters and digits only, so a quoted lexeme cannot be broken out of; the text is a parameter all the same.
        var found = await connection.QueryAsync(Begun,
        [
            .. Reach(), string.Join(" & ", words.Select(w => $"'{w}':*")), string.Join(" & ", words.Select(w => $"'{w}'")), words[0] + "%", take,
        ], Row, ct);
        if (found.Count == 0 && words.Any(w => w.Length >= 4))
        {
            found = await connection.QueryAsync(Alike, [.. Reach(), words, take], Row, ct);
        }

        accesses.Listed([.. found.Select(f => f.PatientId).OfType<Guid>().Distinct()], "search results");
        return found;
    }

    /// <summary>The rows that declared this very code: 1001 is not 10012, nor a birth date or phone number. Two at most, since only a single one is meant.</summary>
    public async Task<IReadOnlyList<Found>> OfCodeAsync(string code, CancellationToken ct)
    {
        if (SearchWords.OfCode(code) is not { } word)
        {
            return [];
        }

        var found = await (await work.OpenAsync(ct)).QueryAsync(Begun, [.. Reach(), $"'{word}'", $"'{word}'", word, 2], Row, ct);
        accesses.Listed([.. found.Select(f => f.PatientId).OfType<Guid>().Distinct()], "scanned code");
        return found;
    }

    private object[] Reach() =>
        [ModulesOn(), scope.Actor.IsSystem, scope.Actor.Permissions.ToArray(), data.AllLocations, data.Locations, data.ShutPatients, door.MayAsk];

    private string[] ModulesOn() => [.. scope.Practice.Snapshot.ModulesOn, "core"];

    private static Found Row(NpgsqlDataReader r) =>
        new(r.GetString(0), r.GetString(1), r.GetGuid(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GuidOrNull(6));
}
