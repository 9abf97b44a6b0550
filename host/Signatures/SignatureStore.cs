using Modular.Host.Data;
using Modular.Host.Postgres;
using Npgsql;

namespace Modular.Host.Signatures;

/// <summary>The rows of signatures and of what the staff signed off.</summary>
public sealed class SignatureStore(Work work)
{
    public async Task AddAsync(SignatureRow s, CancellationToken ct) => await (await work.OpenAsync(ct)).ExecuteAsync("""
        insert into core.signatures (id, permission, subject_id, patient_id, location_id, title, body, sha256, language, consent, signer,
            relationship, drawn, how, place, present_id, present_name, signed_at, digest, signer_id, link_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
        """,
        [
            s.Id, s.Permission, s.SubjectId, Sql.Uuid(s.PatientId), Sql.Uuid(s.LocationId), s.Title, s.Body, s.Sha256, s.Language, s.Consent,
            s.Signer, s.Relationship,
            Sql.Text(s.Drawn), s.How, s.Place, Sql.Uuid(s.PresentId), Sql.Text(s.Present), s.SignedAt, s.Digest(),
            Sql.Uuid(s.SignerId), Sql.Uuid(s.LinkId),
        ], ct);

    /// <returns>The signature, and whether it is as it was when it was given; null when there is none.</returns>
    public Task<(SignatureRow Row, bool Intact)?> FindAsync(Guid id, CancellationToken ct) => FindAsync("id", id, ct);

    /// <summary>What was signed at home by this link; null when nothing was, or it is not as it was then.</summary>
    public async Task<SignatureRow?> OfLinkAsync(Guid link, CancellationToken ct) =>
        await FindAsync("link_id", link, ct) is (var row, true) ? row : null;

    private async Task<(SignatureRow Row, bool Intact)?> FindAsync(string column, Guid id, CancellationToken ct)
    {
        var found = await (await work.OpenAsync(ct)).QueryAsync($"""
            select id, permission, subject_id, patient_id, location_id, title, body, language, consent, signer,
                relationship, drawn, how, place, present_id, present_name,
                signed_at, digest, signer_id
            from core.signatures where {column} = $1
            """, [id], r => (Row: Read(r), Digest: r.GetFieldValue<byte[]>(17)), ct);
        return found is [var one] ? (one.Row, one.Digest.AsSpan().SequenceEqual(one.Row.Digest())) : null;
    }

    public async Task<List<(string Name, DateTimeOffset At)>> SignOffsAsync(Guid id, CancellationToken ct) =>
        await (await work.OpenAsync(ct)).QueryAsync(
        "select person_name, signed_at from core.signature_sign_offs where signature_id = $1 order by signed_at", [id],
        r => (r.GetString(0), r.GetFieldValue<DateTimeOffset>(1)), ct);

    /// <returns>False when the person had signed it off before.</returns>
    public async Task<bool> SignOffAsync(Guid id, Guid person, string name, DateTimeOffset at, CancellationToken ct) =>
        await (await work.OpenAsync(ct)).ExecuteAsync(
        "insert into core.signature_sign_offs (signature_id, person_id, person_name, signed_at) values ($1, $2, $3, $4) on conflict do nothing",
        [id, person, name, at], ct) == 1;

    private static SignatureRow Read(NpgsqlDataReader r) => new(
        r.GetGuid(0), r.GetString(1), r.GetGuid(2), r.GuidOrNull(3), r.GuidOrNull(4), r.GetString(5), r.GetFieldValue<byte[]>(6),
        r.GetString(7), r.GetString(8), r.GetString(9), r.GetString(10), r.TextOrNull(11), r.GetString(12), r.GetString(13), r.GuidOrNull(14), r.TextOrNull(15),
        r.GetFieldValue<DateTimeOffset>(16), r.GuidOrNull(18));
}
