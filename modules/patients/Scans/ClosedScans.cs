using System.Linq.Expressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>What was filed and discarded in the last thirty days, and the way back.</summary>
[Feature(PatientsSettings.Documents)]
public sealed class ClosedScans(PatientsDb db, ChosenLocation chosen) : Slice
{
    public sealed class Line
    {
        public required Scan Scan { get; init; }
        public int Pages { get; init; }

        /// <summary>Null for a discarded one, and for a chart that is shut.</summary>
        public string? Patient { get; init; }

        public string Outcome => Scan.PatientId is null ? $"Discarded: {Scan.Reason}" : $"Filed: {Patient ?? "restricted chart"}";
    }

    internal static readonly ListDefinition<Line> List = new("patients.closed-scans", "Filed and discarded documents")
    {
        Logged = "filed scans",
        Id = l => l.Scan.Id,
        Patients = l => l.Scan.PatientId is { } id ? [id] : [],
        Search = new("Name of the file") { When = text => l => PatientsDb.Plain(l.Scan.Name).Contains(PatientsDb.Plain(text)) },
        Filters = [new("show", "Which documents", "All", new Dictionary<string, string> { [ScanState.Filed.Text()] = "Filed",
            [ScanState.Discarded.Text()] = "Discarded" }, v => InState(States.Read<ScanState>(v)))],
        Columns =
        [
            new("document", "Document", l => l.Scan.Name) { Main = true, Sort = l => l.Scan.Name },
            new("pages", "Pages", l => l.Pages) { Sort = l => l.Pages, Right = true },
            new("outcome", "What became of it", l => l.Outcome),
            new("by", "By", l => l.Scan.ClosedBy) { Sort = l => l.Scan.ClosedBy },
            new("closed", "When", l => l.Scan.ClosedAt) { Sort = l => l.Scan.ClosedAt, Class = "nowrap" },
        ],
    };

    [HttpGet("/patients/scans/closed")]
    [Needs(PatientsPermissions.FileScan)]
    [Export(PatientsPermissions.Export)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var (here, file) = (chosen.Location?.Id, AsFile);
        return ListAsync(List, db.Scans.AsNoTracking().Where(s => s.State != ScanState.Waiting && (here == null || s.LocationId == here))
            .Where(s => !file || !db.Patients.Any(p => p.Id == s.PatientId && p.Restricted))
            .OrderByDescending(s => s.ClosedAt).ThenBy(s => s.Id)
            .Select(s => new Line
            {
                Scan = s, Pages = s.Pages.Count(p => !p.Dropped),
                Patient = db.Patients.Where(p => p.Id == s.PatientId).Select(p => p.FirstName + " " + p.LastName).FirstOrDefault(),
            }), query, ct);
    }

    private static Expression<Func<Line, bool>> InState(ScanState state) => l => l.Scan.State == state;
}
