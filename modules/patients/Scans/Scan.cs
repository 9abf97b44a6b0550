using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>A document in the inbox. Turning, splitting and dropping change the list of its pages and never the file, so that all of it can be taken back.</summary>
public sealed class Scan : IVersioned, IAtLocation, IOfPatient, IOwned
{
    /// <summary>How long a filed or discarded document can come back.</summary>
    public const int DaysBack = 30;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid LocationId { get; init; }
    public Guid ScanFileId { get; init; }
    public string Name { get; init; } = "";
    public int FirstPage { get; set; } = 1;
    public ScanState State { get; private set; }
    public DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset DueBy { get; init; }
    public bool Overdue { get; private set; }
    public Guid? OwnerId { get; set; }
    public string? Owner { get; set; }

    /// <summary>Grows with every change of its pages, and the version with it: two who work on it meet.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Numbers of the pages that are not filed: who left one out is in the change log.</summary>
    public string? LeftOut { get; private set; }
    public Guid? PatientId { get; private set; }
    public Guid? DocumentId { get; private set; }
    public string? Reason { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public string? ClosedBy { get; private set; }
    public Guid? ClosedById { get; private set; }
    public List<ScanPage> Pages { get; init; } = [];

    /// <summary>What became of it, and what was taken back.</summary>
    public List<StepLine<Scan>> History { get; } = [];

    public IEnumerable<ScanPage> InOrder => Pages.OrderBy(p => p.Number);

    /// <summary>Another once a page was turned, left out, split off or joined; the same when only its time ran out: that does not stop who has it open.</summary>
    public int Arrangement => InOrder.Aggregate(0, (sum, p) => unchecked((sum * 31) + (p.Number * 1000) + p.Turn + (p.Dropped ? 1 : 0)));

    /// <summary>What is filed of it.</summary>
    public IReadOnlyList<TurnedPage> Kept => [.. InOrder.Where(p => !p.Dropped).Select(p => new TurnedPage(p.Number, p.Turn))];

    public static Scan Of(ScanFile file, PageFile content, int waitHours)
    {
        var scan = new Scan
        {
            LocationId = file.LocationId, ScanFileId = file.Id, Name = file.Name, ReceivedAt = file.ReceivedAt, ChangedAt = file.ReceivedAt, DueBy = file.ReceivedAt.AddHours(waitHours),
        };
        scan.Pages.AddRange(Enumerable.Range(1, file.Pages).Select(n => new ScanPage { ScanFileId = file.Id, Number = n, ScanId = scan.Id, Wide = content.Wide(n) }));
        return scan;
    }

    /// <param name="number">Null for all pages.</param>
    /// <param name="by">90 to the right, 270 to the left.</param>
    public void Turn(int? number, int by)
    {
        foreach (var page in Pages.Where(p => number is null || p.Number == number))
        {
            page.Turn = (page.Turn + by) % 360;
        }
    }

    public void Drop(int number, bool dropped)
    {
        foreach (var page in Pages.Where(p => p.Number == number))
        {
            page.Dropped = dropped;
        }

        NoteLeftOut();
    }

    /// <summary>What comes after the page becomes a document of its own; null when nothing comes after.</summary>
    public Scan? SplitAfter(int number, DateTimeOffset now)
    {
        var later = InOrder.Where(p => p.Number > number).ToList();
        if (later.Count == 0 || later.Count == Pages.Count)
        {
            return null;
        }

        var rest = new Scan
        {
            LocationId = LocationId, ScanFileId = ScanFileId, Name = Name, FirstPage = later[0].Number, ReceivedAt = ReceivedAt, DueBy = DueBy, Overdue = Overdue, ChangedAt = now,
            OwnerId = OwnerId, Owner = Owner,
        };
        Move(later, rest);
        return rest;
    }

    /// <summary>Takes a split back: these pages return to the part before.</summary>
    public void JoinTo(Scan before) => Move([.. Pages], before);

    public string? File(Guid patient, Guid document, Actor by, DateTimeOffset now) => ScanSteps.File.Take(this, now, by.Name, _ =>
    {
        Close(by, now);
        (PatientId, DocumentId) = (patient, document);
        return StepOutcome.Taken("Filed in a chart", "ok");
    });

    public string? Discard(string reason, Actor by, DateTimeOffset now) => ScanSteps.Discard.Take(this, now, by.Name, _ =>
    {
        Close(by, now);
        Reason = reason;
        return StepOutcome.Taken($"Discarded: {reason}", "bad");
    });

    public string? Return(Actor by, DateTimeOffset now) => ScanSteps.Return.Take(this, now, by.Name, _ =>
    {
        (PatientId, DocumentId, Reason, ClosedAt, ClosedBy, ClosedById) = (null, null, null, null, null, null);
        (ChangedAt, Overdue) = (now, DueBy < now);
        return StepOutcome.Taken("Back in the inbox");
    });

    public void NoteTime(DateTimeOffset now) => Overdue = State == ScanState.Waiting && DueBy < now;

    Guid? IOfPatient.PatientId => PatientId;

    private void Close(Actor by, DateTimeOffset now) =>
        (Overdue, ClosedAt, ClosedBy, ClosedById, ChangedAt) = (false, now, by.Name, by.PersonId, now);

    private void Move(List<ScanPage> pages, Scan to)
    {
        foreach (var page in pages)
        {
            Pages.Remove(page);
            page.ScanId = to.Id;
            to.Pages.Add(page);
        }

        NoteLeftOut();
        to.NoteLeftOut();
    }

    private void NoteLeftOut()
    {
        var dropped = InOrder.Where(p => p.Dropped).Select(p => p.Number).ToList();
        LeftOut = dropped.Count == 0 ? null : string.Join(", ", dropped);
    }
}
