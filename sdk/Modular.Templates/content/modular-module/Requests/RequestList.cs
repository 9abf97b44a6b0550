using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Newmodule.Requests;

/// <summary>What is open, and what was done.</summary>
public sealed class RequestList(NewmoduleDb db) : Slice
{
    public sealed class Row
    {
        public required Request Request { get; init; }
        public required string Patient { get; init; }
    }

    internal static readonly ListDefinition<Row> List = new("newmodule.requests", "Requests")
    {
        Id = r => r.Request.Id, Order = "asked", Patients = r => [r.Request.PatientId],
        Search = new("Name of the patient", r => r.Patient),
        Filters =
        [
            new("done", "Which requests", new Dictionary<string, string> { ["false"] = "Open", ["true"] = "Done" },
                (v, _) => r => (r.Request.DoneOn != null) == (v == "true")),
        ],
        Columns =
        [
            new("patient", "Patient", r => r.Patient) { Sort = r => r.Patient, Main = true, Href = r => $"/patients/charts/{r.Request.PatientId}" },
            new("request", "Request", r => r.Request.Title)
            {
                Href = r => r.Request.DoneOn is null ? $"/newmodule/requests/{r.Request.Id}/edit" : null, HrefNeeds = NewmoduleModule.Edit, Drawer = true,
            },
            new("asked", "Asked", r => r.Request.AskedOn) { Sort = r => r.Request.AskedOn },
            new("done", "Done", r => r.Request.DoneOn) { Sort = r => r.Request.DoneOn },
            new("state", "State", r => r.Request.DoneOn is not null ? "Done" : r.Request.Overdue ? "Overdue" : "Open"),
        ],
    };

    [HttpGet("/newmodule")]
    [Needs(NewmoduleModule.Read)]
    [Export]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(
        List, db.Requests.AsNoTracking().Join(db.Patients, r => r.PatientId, p => p.Id, (r, p) => new Row { Request = r, Patient = p.Name }),
            query, ct);
}
