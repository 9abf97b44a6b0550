namespace Modular.Host.Audit;

/// <summary>
/// The rule of the chain, entry by entry in order. After a fault it goes on from the stored digest, so that one changed entry
/// is one fault and not a fault in everything after it.
/// </summary>
/// <param name="heads">Of the file outside the database; none when it is not on this machine or never was.</param>
/// <param name="dropped">What the database says went with its months.</param>
public sealed class ChainWalk(List<AuditFault> faults, IReadOnlyList<SealedHead> heads, IReadOnlyList<DroppedRun> dropped)
{
    private readonly IEnumerator<SealedHead> head = heads.Where(h => h.DroppedFrom is null).OrderBy(h => h.Seq).GetEnumerator();
    private SealedHead? next;
    private bool started;
    private byte[] digest = new byte[32];
    private long seq;

    public long Entries { get; private set; }

    public long Erased { get; private set; }

    public int HeadsCompared { get; private set; }

    public void Step(ChainedEntry entry)
    {
        Entries++;
        var at = entry.Seq!.Value;
        if (at == seq)
        {
            faults.Add(new(at, entry.Id, $"Entry {entry.Id} of {entry.At:u} was inserted: number {at} is taken twice."));
            return;
        }

        SkipDropped(at);
        if (at != seq + 1)
        {
            faults.Add(new(seq + 1, null, at == seq + 2
                ? $"Number {seq + 1}, just before entry {entry.Id} of {entry.At:u}, was removed."
                : $"Numbers {seq + 1} to {at - 1}, before entry {entry.Id} of {entry.At:u}, were removed."));
        }
        else if (!entry.DigestAfter(digest, at).AsSpan().SequenceEqual(entry.Digest))
        {
            faults.Add(new(at, entry.Id, $"Entry {entry.Id} of {entry.At:u} (number {at}) was changed or inserted."));
        }

        seq = at;
        digest = entry.Digest!;
        CompareHeads();
    }

    public void Values(ChainedEntry entry, byte[]? salt, string? body, bool erasedPatient)
    {
        if (entry.ValuesDigest is null)
        {
            if (salt is not null)
            {
                faults.Add(new(entry.Seq!.Value, entry.Id, $"The values of entry {entry.Id} were inserted; it had none."));
            }
        }
        else if (salt is null || body is null)
        {
            Erased++;
            if (!erasedPatient)
            {
                faults.Add(new(entry.Seq!.Value, entry.Id, $"The values of entry {entry.Id} of {entry.At:u} were removed without an erasure."));
            }
        }
        else if (!AuditTrail.ValuesDigest(salt, body).AsSpan().SequenceEqual(entry.ValuesDigest))
        {
            faults.Add(new(entry.Seq!.Value, entry.Id, $"The values of entry {entry.Id} of {entry.At:u} were changed."));
        }
    }

    /// <summary>Heads beyond the last entry: the end of the chain was cut off.</summary>
    public void End()
    {
        SkipDropped(long.MaxValue);
        Advance();
        if (next is not null && next.Seq > seq)
        {
            var last = next;
            while (head.MoveNext())
            {
                last = head.Current;
            }

            faults.Add(new(seq + 1, null, $"Numbers {seq + 1} to {last.Seq} were removed: the heads file knows number {last.Seq} of {last.At:u}."));
        }

        head.Dispose();
    }

    /// <summary>Over what went past retention, when the file outside says so too. A copy of a practice has no file; there the database alone says it.</summary>
    private void SkipDropped(long before)
    {
        while (dropped.FirstOrDefault(d => d.FromSeq == seq + 1 && d.ToSeq < before) is { } run
            && (heads.Count == 0 || heads.Any(h => h.DroppedFrom == run.FromSeq && h.Seq == run.ToSeq && h.Digest.AsSpan().SequenceEqual(run.Digest))))
        {
            (seq, digest) = (run.ToSeq, run.Digest);
            CompareHeads();
        }
    }

    private void CompareHeads()
    {
        for (Advance(); next is not null && next.Seq <= seq; Advance(true))
        {
            HeadsCompared++;
            if (next.Seq == seq && !next.Digest.AsSpan().SequenceEqual(digest))
            {
                faults.Add(new(seq, null, $"The chain up to number {seq} is not the one sealed at {next.At:u}: it was rewritten."));
            }
        }
    }

    private void Advance(bool again = false)
    {
        if (again || !started)
        {
            started = true;
            next = head.MoveNext() ? head.Current : null;
        }
    }
}
