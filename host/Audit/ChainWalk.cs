namespace Modular.Host.Audit;

/// <summary>
/// The rule of the chain, entry by entry in order. After a fault it goes on from the stored digest, so that one changed entry
/// is one fault and not a fault in everything after it.
/// </summary>
public sealed class ChainWalk(List<AuditFault> faults, ChainBook book)
{
    /// <summary>Between the moment that an entry says and its commit lie seconds, and clocks of hosts differ; beyond this it was dated back.</summary>
    public static readonly TimeSpan MayLag = TimeSpan.FromMinutes(15);

    private readonly IEnumerator<SealedHead> head = book.Heads.GetEnumerator();
    private SealedHead? next;
    private bool started;
    private byte[] digest = new byte[32];
    private long seq;
    private (long From, long To)? uncovered;

    public long Entries { get; private set; }

    public long Erased { get; private set; }

    public int HeadsCompared { get; private set; }

    public long BeforeKey { get; private set; }

    public static string Backdated(string entry, DateTimeOffset at, DateTimeOffset sealedAt) =>
        $"{entry} is dated {at:u}, although everything up to {sealedAt:u} was sealed before it came: it was dated back.";

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
        else
        {
            Judge(entry, at);
        }

        seq = at;
        digest = entry.Digest!;
        CompareHeads();
    }

    private void Judge(ChainedEntry entry, long at)
    {
        AuditKey? key = null;
        if (at < book.KeyedFrom)
        {
            BeforeKey++;
        }
        else if (book.Covering(at) is not { } seal)
        {
            uncovered = (uncovered?.From ?? at, at);
            return;
        }
        else
        {
            if (book.SealedBefore(seal) is { } past && entry.At < past - MayLag)
            {
                faults.Add(new(at, entry.Id, Backdated($"Entry {entry.Id} (number {at})", entry.At, past)));
            }

            key = book.KeyOf(seal);
            if (key is null)
            {
                // Said once, of all that this key sealed.
                return;
            }
        }

        if (!entry.DigestAfter(digest, at, key).AsSpan().SequenceEqual(entry.Digest))
        {
            faults.Add(new(at, entry.Id, $"Entry {entry.Id} of {entry.At:u} (number {at}) was changed or inserted."));
        }
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

            faults.Add(new(seq + 1, null, $"Numbers {seq + 1} to {last.Seq} were removed: number {last.Seq} was sealed at {last.At:u}."));
        }

        if (uncovered is { } run)
        {
            faults.Add(new(run.From, null, $"Numbers {run.From} to {run.To} are in the chain and no seal covers them: the seal was removed, or they were put in."));
        }

        head.Dispose();
    }

    /// <summary>Over what went past retention.</summary>
    private void SkipDropped(long before)
    {
        while (book.Dropped.FirstOrDefault(d => d.FromSeq == seq + 1 && d.ToSeq < before) is { } run && book.Went(run))
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
