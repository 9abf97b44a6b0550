using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Sdk;

namespace Modular.Host.Letters;

/// <param name="Text">As it may be kept.</param>
/// <param name="Problems">Why it cannot be kept; none when it can.</param>
/// <param name="Removed">What was taken away from what was typed, to be shown to whoever typed it.</param>
public sealed record LetterCheck(string Text, IReadOnlyList<LetterProblem> Problems, IReadOnlyList<LetterProblem> Removed);

/// <param name="Number">Counts from 1 within a kind and language; 0 when the practice never had a text of its own.</param>
/// <param name="Text">Null while the standard text is used.</param>
public sealed record KeptLetterText(int Number, string? Text);

/// <param name="Number">Counts from 1 within a kind and language.</param>
/// <param name="Text">Null: the standard text again.</param>
public sealed record LetterVersion(string Kind, string Language, int Number, string? Text, DateTimeOffset SavedAt, string SavedBy);

/// <summary>The texts of a practice: what it says in its own words, and how these are changed.</summary>
public sealed class LetterTexts(Work work, AuditTrail trail, Actor actor, TimeProvider clock)
{
    public async Task<KeptLetterText> FindAsync(string kind, string language, CancellationToken ct)
    {
        var connection = await work.OpenAsync(ct);
        var found = await connection.QueryAsync(
            "select number, text from core.letter_texts where kind = $1 and language = $2 order by number desc limit 1",
            [kind, language], r => new KeptLetterText(r.GetInt32(0), r.TextOrNull(1)), ct);
        return found.FirstOrDefault() ?? new(0, null);
    }

    /// <summary>The latest of every kind and language that the practice ever changed.</summary>
    public async Task<IReadOnlyList<LetterVersion>> LatestAsync(CancellationToken ct) => await (await work.OpenAsync(ct)).QueryAsync("""
        select distinct on (kind, language) kind, language, number, text, saved_at, saved_by from core.letter_texts
        order by kind, language, number desc
        """, [], Version, ct);

    /// <summary>The texts there were, the latest first, at most 200.</summary>
    public async Task<IReadOnlyList<LetterVersion>> VersionsAsync(string kind, string language, CancellationToken ct) =>
        await (await work.OpenAsync(ct)).QueryAsync("""
            select kind, language, number, text, saved_at, saved_by from core.letter_texts where kind = $1 and language = $2
            order by number desc limit 200
            """, [kind, language], Version, ct);

    private static LetterVersion Version(Npgsql.NpgsqlDataReader r) =>
        new(r.GetString(0), r.GetString(1), r.GetInt32(2), r.TextOrNull(3), r.GetFieldValue<DateTimeOffset>(4), r.GetString(5));

    /// <summary>Why no letter of this kind can go out in one of its languages, letterhead and foot included; null when all can.</summary>
    public async Task<string?> FaultAsync(LetterBook book, LetterKind kind, CancellationToken ct)
    {
        LetterKind[] parts = Letterhead.IsAround(kind) ? [kind, Letterhead.Head, Letterhead.Foot] : [kind];
        var wrong = (await LatestAsync(ct)).Where(v => v.Text is not null)
            .Join(parts, v => v.Kind, k => k.Id, (v, k) => (Kind: k, Version: v))
            .FirstOrDefault(x => x.Kind.Languages.Contains(x.Version.Language) && book.Read(x.Kind, x.Version.Text!).Problems.Count > 0);
        return wrong.Version is null ? null
            : $"No letter is written: the practice’s own text of {wrong.Kind.Name} ({wrong.Version.Language}) is wrong. "
                + $"{book.Read(wrong.Kind, wrong.Version.Text!).Problems[0]} Whoever looks after the texts mends it under Letters.";
    }

    /// <summary>Whether a text could be kept, and as what.</summary>
    public static LetterCheck Check(LetterKind kind, string text)
    {
        text = text.ReplaceLineEndings("\n").Trim();
        if (text.Length == 0)
        {
            return new(text, [new(1, 1, "The text is empty.")], []);
        }

        if (LetterTemplate.Read(kind, text).Problems is { Count: > 0 } problems)
        {
            return new(text, problems, []);
        }

        var (clean, removed, lost) = LetterHtml.CleanText(text);
        return lost.Count > 0 ? new(text, lost, removed)
            : clean.Length == 0 ? new(text, removed, [])
            : new(clean, LetterTemplate.Read(kind, clean).Problems, removed);
    }

    /// <summary>Keeps a text that has no problems, cleaned; or goes back to the standard text.</summary>
    /// <param name="text">Null: the standard text again.</param>
    /// <param name="after">The number of the text that was on the screen while this one was typed.</param>
    /// <returns>What was found; null when somebody else saved another text meanwhile, and nothing was kept.</returns>
    public async Task<LetterCheck?> SaveAsync(LetterKind kind, string language, string? text, int after, CancellationToken ct)
    {
        if (!kind.Languages.Contains(language))
        {
            throw new ArgumentException($"The letter {kind.Id} is not written in {language}.", nameof(language));
        }

        var check = text is null ? new("", [], []) : Check(kind, text);
        if (check.Problems.Count > 0)
        {
            return check;
        }

        var id = Guid.CreateVersion7();
        await using var write = await work.BeginAsync(null, ct);
        await write.LockAsync($"core.letter_texts {kind.Id} {language}", ct);
        if ((await FindAsync(kind.Id, language, ct)).Number != after)
        {
            return null;
        }

        await work.Connection.ExecuteAsync(
            "insert into core.letter_texts (id, kind, language, number, text, saved_at, saved_by) values ($1, $2, $3, $4, $5, $6, $7)",
            [id, kind.Id, language, after + 1, Sql.Text(text is null ? null : check.Text), clock.GetUtcNow(), actor.Name], ct);
        var what = $"{(text is null ? "put back the standard text" : "changed the text")} of {kind.Id} ({language})";
        trail.Add(work, new(AuditTrail.Change, Installed.LoadedModule.CoreId, what, "letter_texts", id));
        await write.CommitAsync(ct);
        return check;
    }
}
