using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Duplicates;

/// <summary>The work list of pairs that may be one person, the likeliest first.</summary>
public sealed class DuplicateList(PatientsDb db) : Slice
{
    public sealed class Line
    {
        public required Duplicate Pair { get; init; }
        public required Patient A { get; init; }
        public required Patient B { get; init; }

        /// <summary>The elder record stands first: it is the one that stays unless somebody turns it round.</summary>
        public Patient First => A.RegisteredAt <= B.RegisteredAt ? A : B;

        public Patient Second => First == A ? B : A;
    }

    internal static readonly ListDefinition<Line> List = new("patients.duplicates", "Pairs that may be one person")
    {
        Logged = "possible duplicates",
        Id = l => l.Pair.Id,
        Order = "-alike",
        Queue = Duplicate.Queue.Lines<Line>(l => l.Pair),
        Patients = l => [l.A.Id, l.B.Id],
        Columns =
        [
            new("alike", "Alike", l => l.Pair.Score) { Sort = l => l.Pair.Score, Class = "num" },
            new("record", "Record", l => Record(l.First)) { Main = true },
            new("born", "Born", l => l.First.BirthDate) { Class = "num" },
            new("phone", "Phone", (l, ask) => TypedPhone.Show(l.First.ReachOn(ask.Today).Phone)) { Optional = 1, Class = "num nowrap" },
            new("address", "Address", (l, ask) => l.First.ReachOn(ask.Today).Address) { Optional = 1 },
            new("registered", "Registered", l => l.First.RegisteredAt) { ByDay = true, Optional = 2 },
            new("other-record", "Other record", l => Record(l.Second)) { FileOnly = true },
            new("other-born", "Other born", l => l.Second.BirthDate) { FileOnly = true },
            new("other-phone", "Other phone", (l, ask) => TypedPhone.Show(l.Second.ReachOn(ask.Today).Phone)) { FileOnly = true },
            new("other-address", "Other address", (l, ask) => l.Second.ReachOn(ask.Today).Address) { FileOnly = true },
            new("other-registered", "Other registered", l => l.Second.RegisteredAt) { FileOnly = true },
        ],
    };

    [HttpGet("/patients/duplicates")]
    [Needs(PatientsPermissions.Merge)]
    [Export(PatientsPermissions.Export)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var file = AsFile;
        return ListAsync(List, from d in db.Duplicates.AsNoTracking()
                               join a in db.Patients on d.FirstId equals a.Id
                               join b in db.Patients on d.SecondId equals b.Id
                               where d.State == DuplicateState.Open && (!file || (!a.Restricted && !b.Restricted))
                               select new Line { Pair = d, A = a, B = b }, query, ct);
    }

    /// <summary>These two are different people; they are not asked about again.</summary>
    [HttpPost("/patients/duplicates")]
    [Needs(PatientsPermissions.Merge)]
    public async Task<IActionResult> Different(Guid[] id, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync(Duplicate.Queue.Name, ct);
        var pairs = await db.Duplicates.Where(d => id.Contains(d.Id) && d.State == DuplicateState.Open).ToListAsync(ct);
        pairs.ForEach(d => (d.State, d.DecidedAt, d.DecidedBy) = (DuplicateState.Different, Clock.GetUtcNow(), Actor.Name));
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return pairs.Count == 0 ? Done("/patients/duplicates", "Choose a pair first")
            : await DoneNextAsync(Duplicate.Queue, db, pairs[0].Id, "/patients/duplicates",
                $"{Said.Many(pairs.Count, "pair")} marked as different people.", ct);
    }

    private static string Record(Patient p) => $"{PatientNames.LastFirst(p.LastName, p.FirstName, p.Suffix)} {p.RecordNumber}";
}
