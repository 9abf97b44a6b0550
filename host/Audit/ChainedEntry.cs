using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Modular.Host.Audit;

/// <summary>One stored entry as the chain sees it.</summary>
public sealed record ChainedEntry(Guid Id, DateTimeOffset At, string[] Fields, long? Seq, byte[]? Digest, byte[]? ValuesDigest, byte[]? ListDigest, Guid? Program)
{
    /// <summary>Every column that the digest covers; the erasable values count by their salted digest.</summary>
    public const string Columns = """
        e.id, e.at, e.log, e.person_id, e.person_name, e.session_id, e.correlation_id, e.module, e.place, e.what, e.table_name, e.row_id, e.patient_ids, e.reason,
        e.values_digest, e.seq, e.digest, e.list_digest, e.program_id
        """;

    private const int FirstAfterFields = 14;

    public static ChainedEntry Read(NpgsqlDataReader reader)
    {
        var fields = new string[FirstAfterFields];
        for (var i = 0; i < FirstAfterFields; i++)
        {
            fields[i] = reader.IsDBNull(i) ? "" : reader.GetValue(i) switch
            {
                // Microseconds: what PostgreSQL keeps.
                DateTime at => at.Ticks.ToString(CultureInfo.InvariantCulture),
                Guid[] patients => string.Join(',', patients),
                var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
            };
        }

        return new(
            reader.GetGuid(0),
            reader.GetFieldValue<DateTimeOffset>(1),
            fields,
            reader.IsDBNull(FirstAfterFields + 1) ? null : reader.GetInt64(FirstAfterFields + 1),
            reader.IsDBNull(FirstAfterFields + 2) ? null : reader.GetFieldValue<byte[]>(FirstAfterFields + 2),
            reader.IsDBNull(FirstAfterFields) ? null : reader.GetFieldValue<byte[]>(FirstAfterFields),
            reader.IsDBNull(FirstAfterFields + 3) ? null : reader.GetFieldValue<byte[]>(FirstAfterFields + 3),
            reader.IsDBNull(FirstAfterFields + 4) ? null : reader.GetGuid(FirstAfterFields + 4));
    }

    /// <summary>Digest over the digest before, the place in the chain and every field with its length, so that no two entries read alike.</summary>
    /// <param name="key">Null for what was sealed before the chain had a key.</param>
    public byte[] DigestAfter(byte[] previous, long seq, AuditKey? key)
    {
        var text = new StringBuilder().Append(seq);
        foreach (var field in Fields)
        {
            text.Append('|').Append(field.Length).Append(':').Append(field);
        }

        // Only where there is one: entries sealed before there were lists, and programs that act for people, keep their digest.
        text.Append(ListDigest is null ? "" : $"|list:{Convert.ToHexStringLower(ListDigest)}");
        text.Append(Program is null ? "" : $"|program:{Program:N}");
        text.Append('|').Append(ValuesDigest is null ? "" : Convert.ToHexStringLower(ValuesDigest));
        byte[] content = [.. previous, .. Encoding.UTF8.GetBytes(text.ToString())];
        return key?.Mac(content) ?? SHA256.HashData(content);
    }
}
