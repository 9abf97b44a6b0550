namespace Modular.Host.Audit;

/// <summary>Whether the seals in the database and the heads in files are all there, are genuine, and say the same.</summary>
public sealed class SealCheck(ChainBook book, SealedHeads heads, List<AuditFault> faults)
{
    /// <summary>Seals whose heads file is on another host.</summary>
    public int NotHere { get; private set; }

    public void Run(Guid practice, bool hasEntries)
    {
        Seals();
        if (heads.KnownHost is not { } host)
        {
            if (hasEntries)
            {
                faults.Add(new(0, null, $"No heads are kept on this machine ({heads.Folder}): nothing outside the database "
                    + "confirms the log. Run this where a host has its data folder."));
            }
        }
        else
        {
            NotHere = book.Seals.Count(s => s.Seal!.Host != host);
            Files(practice, host, hasEntries);
        }

        Lines(book.Lines ?? [], $"The heads file {heads.FileOf(practice)}");
        Lines(book.Elsewhere, "The file of heads kept elsewhere");
    }

    private void Seals()
    {
        foreach (var unknown in book.Seals.Where(s => book.KeyOf(s) is null).GroupBy(s => s.Seal!.Key))
        {
            var from = unknown.First().Seal!.FromSeq;
            faults.Add(new(from, null, $"Numbers {from} to {unknown.Last().Seq} were sealed with key {unknown.Key}, which this host does not have: "
                + "they cannot be judged. Give it the former key behind the present one (MODULAR_KEY, or master.key)."));
        }

        var (number, seq) = (0L, 0L);
        foreach (var head in book.Seals)
        {
            var seal = head.Seal!;
            if (book.KeyOf(head) is { } key && !head.IsGenuine(key))
            {
                faults.Add(new(seal.FromSeq, null, $"Seal {seal.Number} of {head.At:u} (numbers {seal.FromSeq} to {head.Seq}) was changed or put in: "
                    + "it is not by the key of this host."));
            }

            // Those at the beginning go with the months that they sealed.
            if (seal.Number != number + 1 && !(number == 0 && book.Dropped.Any(d => d.FromSeq < seal.FromSeq && d.ToSeq >= seal.FromSeq - 1)))
            {
                faults.Add(new(seal.FromSeq, null, $"Seals {number + 1} to {seal.Number - 1}, before that of {head.At:u}, were removed from the database."));
            }
            else if (number > 0 && seal.FromSeq != seq + 1)
            {
                faults.Add(new(seal.FromSeq, null, $"Seal {seal.Number} of {head.At:u} begins at number {seal.FromSeq}; the one before ends at {seq}."));
            }

            (number, seq) = (seal.Number, head.Seq);
        }
    }

    /// <summary>The database says which heads must be in the files of this host.</summary>
    private void Files(Guid practice, Guid host, bool hasEntries)
    {
        foreach (var own in book.Seals.Where(s => s.Seal!.Host == host).GroupBy(s => s.Seal!.Practice))
        {
            var file = heads.FileOf(own.Key);
            if (!File.Exists(file))
            {
                faults.Add(new(0, null, $"The heads file {file} is missing; {own.Count()} heads must be in it, "
                    + $"the last of {own.Last().At:u} up to number {own.Last().Seq}."));
                continue;
            }

            var there = (own.Key == practice ? book.Lines! : heads.Read(own.Key)).Where(l => l is { Seal: not null, DroppedFrom: null })
                .Select(l => (l.Seal!.Number, Convert.ToHexStringLower(l.Seal.Mac))).ToHashSet();
            if (own.Where(s => !there.Contains((s.Seal!.Number, Convert.ToHexStringLower(s.Seal.Mac)))).ToList() is { Count: > 0 } missing)
            {
                faults.Add(new(missing[0].Seal!.FromSeq, null, $"The heads file {file} was trimmed or changed: {missing.Count} of its {own.Count()} heads are missing, "
                    + $"from seal {missing[0].Seal!.Number} of {missing[0].At:u} to seal {missing[^1].Seal!.Number} of {missing[^1].At:u}."));
            }
        }

        if (hasEntries && book.Seals.Count == 0 && book.Lines is null)
        {
            faults.Add(new(0, null, $"The heads file {heads.FileOf(practice)} is missing, and the database has no seals: nothing confirms the log."));
        }
    }

    /// <summary>What a file says must be by the key, and in the database.</summary>
    private void Lines(IReadOnlyList<SealedHead> lines, string file)
    {
        var first = lines.FirstOrDefault(l => l.Seal is not null);
        if (first is null)
        {
            return;
        }

        if (lines.SkipWhile(l => l.Seal is null).Count(l => l.Seal is null || (book.KeyOf(l) is { } key && !l.IsGenuine(key))) is > 0 and var forged)
        {
            faults.Add(new(0, null, $"{file} was changed: {forged} of its lines after {first.At:u} are not by the key of this host."));
        }

        // What went with its months is not asked for any more.
        var from = book.Seals.Count == 0 ? 1 : book.Seals[0].Seal!.Number;
        var known = book.Seals.Select(s => s.Seal!.Number).ToHashSet();
        var gone = lines.Where(l => l is { DroppedFrom: null, Seal: { } seal } && seal.Number >= from && !known.Contains(seal.Number)).ToList();
        if (gone.Count > 0)
        {
            faults.Add(new(gone[0].Seal!.FromSeq, null, $"{file} has seals that the database has no more: {gone.Count}, from that of {gone[0].At:u} "
                + $"(number {gone[0].Seal!.FromSeq}) to that of {gone[^1].At:u}."));
        }
    }
}
