namespace Modular.Host.Audit;

/// <summary>What is known of a chain beside its entries: the seals in the database, the heads in files, the runs that were dropped.</summary>
/// <param name="seals">Of the database, by number.</param>
/// <param name="lines">Of the heads file of this practice on this host; null when there is none.</param>
/// <param name="elsewhere">Heads that were sent away from this host and are compared too.</param>
public sealed class ChainBook(
    AuditKeys keys, IReadOnlyList<SealedHead> seals, IReadOnlyList<SealedHead>? lines, IReadOnlyList<SealedHead> elsewhere, IReadOnlyList<DroppedRun> dropped)
{
    private readonly Lazy<DateTimeOffset?> beforeKey = new(() => lines?.LastOrDefault(l => l is { Seal: null, DroppedFrom: null })?.At);
    private int covering;

    public IReadOnlyList<SealedHead> Seals => seals;

    public IReadOnlyList<SealedHead>? Lines => lines;

    public IReadOnlyList<SealedHead> Elsewhere => elsewhere;

    public IReadOnlyList<DroppedRun> Dropped => dropped;

    /// <summary>From this number on the chain has a key; before it, entries verify as what they are.</summary>
    public long KeyedFrom => seals.Count == 0 ? long.MaxValue : seals[0].Seal!.Number == 1 ? seals[0].Seal!.FromSeq : 0;

    /// <summary>Every place in the chain that something beside the entries knows, in order.</summary>
    public IEnumerable<SealedHead> Heads => seals.Concat(lines ?? []).Concat(elsewhere).Where(h => h.DroppedFrom is null)
        .DistinctBy(h => (h.Seq, Convert.ToHexStringLower(h.Digest))).OrderBy(h => h.Seq);

    public AuditKey? KeyOf(SealedHead head) => keys.Find(head.Seal!.Key);

    /// <summary>The seal that covers a number; asked for in order.</summary>
    public SealedHead? Covering(long seq)
    {
        while (covering < seals.Count && seals[covering].Seq < seq)
        {
            covering++;
        }

        return covering < seals.Count && seals[covering].Seal!.FromSeq <= seq ? seals[covering] : null;
    }

    /// <summary>When the chain was sealed the last time before this seal: what came later was not there yet.</summary>
    public DateTimeOffset? SealedBefore(SealedHead seal) => seal.Seal!.Number > 1
        ? (covering > 0 ? seals[covering - 1].At : null)
        : beforeKey.Value;

    /// <summary>
    /// Whether a run went past retention, as its seal says. From before the chain had a key the file outside has to say it; a copy of
    /// a practice has no file, and there the database alone does.
    /// </summary>
    public bool Went(DroppedRun run) => run.Note is { } note
        ? KeyOf(note) is not { } key || note.IsGenuine(key)
        : lines is { Count: > 0 } ? lines.Any(l => l.DroppedFrom == run.FromSeq && l.Seq == run.ToSeq && l.Digest.AsSpan().SequenceEqual(run.Digest))
        : run.ToSeq < KeyedFrom;
}
