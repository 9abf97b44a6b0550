using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Modular.Host.Data;
using Npgsql;

namespace Modular.Host.Audit;

/// <summary>
/// Long lists of patients, written once each: an entry of the access log then holds 32 bytes instead of two hundred ids, and its
/// index one line instead of two hundred.
/// </summary>
public sealed class PatientLists
{
    /// <summary>So many stand in the entry itself.</summary>
    public const int Longest = 20;

    private const int MostKnown = 10_000;

    // Only saves the question whether a list is written already: forgetting one costs a look at its key.
    private readonly ConcurrentDictionary<(Guid Practice, string Digest), bool> known = new();

    /// <summary>The digest of a long list, which the batch writes first if it may be new; null for a short one.</summary>
    public byte[]? Of(Work work, Guid practice, Guid[] patients, NpgsqlBatch batch)
    {
        if (patients.Length <= Longest)
        {
            return null;
        }

        var digest = Digest(patients);
        var key = (practice, Convert.ToHexStringLower(digest));
        if (!known.ContainsKey(key))
        {
            batch.BatchCommands.Add(new("insert into audit.patient_lists (digest, patient_ids) values ($1, $2) on conflict do nothing")
            {
                Parameters = { new() { Value = digest }, new() { Value = patients } },
            });
            work.AfterCommit(() => Remember(key));
        }

        return digest;
    }

    public static byte[] Digest(IEnumerable<Guid> patients) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(',', patients)));

    private void Remember((Guid, string) key)
    {
        if (known.Count >= MostKnown)
        {
            known.Clear();
        }

        known[key] = true;
    }
}
