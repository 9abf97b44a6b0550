using System.Linq.Expressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Inbox;

/// <summary>Charges that other programs sent and that could not be taken by themselves, the oldest first.</summary>
public sealed class InboxList(BillingDb db, ChosenLocation chosen) : Slice
{
    internal static readonly ListDefinition<OutsideCharge> List = new("billing.inbox", "Charges from outside")
    {
        Id = c => c.Id,
        Order = "received",
        Queue = OutsideWork.Queue.Lines(),
        Patients = c => c.PatientId is { } id ? [id] : [],
        Search = new("Patient, sender or id", c => c.Patient, c => c.Sender + " " + c.OutsideId),
        Filters =
        [
            new("show", "Which charges", States.Choices<OutsideState>().Append(new("all", "All")).ToDictionary(),
                (v, _) => v == "all" ? null : At(States.Read<OutsideState>(v))),
        ],
        Columns =
        [
            new("received", "Received", c => c.ReceivedAt) { Sort = c => c.ReceivedAt, Class = "nowrap" },
            new("patient", "Patient as sent", c => c.Patient) { Sort = c => c.Patient, Main = true, Href = c => c.Url, Drawer = true },
            new("service", "Service", c => c.ServiceOn) { Sort = c => c.ServiceOn, ByDay = true, Class = "nowrap" },
            new("sender", "Sender", c => c.Sender) { Optional = 1 },
            new("outside-id", "Id", c => c.OutsideId) { Optional = 2 },
            new("reason", "Reason", c => c.Reason) { Class = "clip" },
            new("state", "State", c => c.State.Title()),
            new("way", "Way", c => c.Way) { FileOnly = true },
        ],
    };

    private static Expression<Func<OutsideCharge, bool>> At(OutsideState state) => c => c.State == state;

    [HttpGet("/billing/inbox")]
    [Needs(BillingPermissions.Charge)]
    [Export(BillingPermissions.Export)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var (here, file) = (chosen.Location?.Id, AsFile);
        return ListAsync(List, db.OutsideCharges.AsNoTracking().Where(c => here == null || c.LocationId == here)
            .Where(c => !file || c.PatientId == null || !db.Patients.Any(p => p.Id == c.PatientId && p.Restricted)), query, ct);
    }
}
