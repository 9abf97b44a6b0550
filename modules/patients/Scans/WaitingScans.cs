using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>The inbox as a list: whose each document is, to share out a full tray before it is worked off.</summary>
[Feature(PatientsSettings.Documents)]
public sealed class WaitingScans(PatientsDb db, ChosenLocation chosen) : Slice
{
    public sealed class Line
    {
        public required Scan Scan { get; init; }
        public int Pages { get; init; }

        /// <summary>Who added it by hand; null for the folder.</summary>
        public string? AddedBy { get; init; }
    }

    internal static readonly ListDefinition<Line> List = new("patients.waiting-scans", "Documents to file")
    {
        Id = l => l.Scan.Id, Order = "due", Queue = ScanQueue.Work.Lines<Line>(l => l.Scan),
        Search = new("Name of the file") { When = text => l => PatientsDb.Plain(l.Scan.Name).Contains(PatientsDb.Plain(text)) },
        Filters = [new("show", "Which documents", "All", new Dictionary<string, string> { ["overdue"] = "Overdue" }, _ => l => l.Scan.Overdue)],
        Columns =
        [
            new("document", "Document", l => l.Scan.Name) { Main = true, Sort = l => l.Scan.Name, Href = l => $"/patients/scans?scan={l.Scan.Id}" },
            new("pages", "Pages", l => l.Pages) { Sort = l => l.Pages, Right = true },
            new("from", "From", l => l.AddedBy ?? "Scanner or fax") { Sort = l => l.AddedBy, Optional = 1 },
            new("received", "Received", l => l.Scan.ReceivedAt) { Sort = l => l.Scan.ReceivedAt, Class = "nowrap" },
            new("due", "File by", l => l.Scan.DueBy)
            {
                Sort = l => l.Scan.DueBy, Class = "nowrap", Marks = l => l.Scan.Overdue ? [new("Overdue", "bad", "alert")] : [],
            },
        ],
    };

    [HttpGet("/patients/scans/waiting")]
    [Needs(PatientsPermissions.FileScan)]
    [Export(PatientsPermissions.Export)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var here = chosen.Location?.Id;
        return ListAsync(List, db.Scans.AsNoTracking().Where(s => s.State == ScanState.Waiting && (here == null || s.LocationId == here))
            .Select(s => new Line
            {
                Scan = s, Pages = s.Pages.Count,
                AddedBy = db.ScanFiles.Where(f => f.Id == s.ScanFileId).Select(f => f.ReceivedBy).FirstOrDefault(),
            }), query, ct);
    }
}
