using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Approvals;

/// <summary>One request: approve it, reject it, take it back.</summary>
[OpenTo(Audience.SignedIn, "Opens to who asked and to who has the permission of its kind, checked inside.")]
public sealed class ShowApproval(ApprovalsDb db, ApprovalDesk desk, ChosenLocation place, IPractice practice) : Slice
{
    /// <param name="Fault">Why the person does not decide it; null when they do.</param>
    public sealed record Model(Approval Request, string Kind, string? Fault, bool Mine, string Zone, DateTimeOffset Now, string? Note);

    [HttpGet("/approvals/{id:guid}")]
    [StepUp]
    public async Task<IActionResult> Get([PatientOf<Approval>("approval")] Guid id, CancellationToken ct) =>
        await FindAsync(id, ct) is { } request ? Page(await ModelAsync(request, null, ct)) : NotFound();

    /// <param name="does">approve, reject, withdraw.</param>
    [HttpPost("/approvals/{id:guid}")]
    [StepUp]
    public async Task<IActionResult> Post([PatientOf<Approval>("approval")] Guid id, string? does, string? note, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } request)
        {
            return NotFound();
        }

        var fault = does switch
        {
            "approve" => await desk.DecideAsync(id, approve: true, Reading.Clean(note), ct),
            "reject" => await desk.DecideAsync(id, approve: false, Reading.Clean(note), ct),
            "withdraw" => await desk.WithdrawAsync(id, ct),
            _ => "Choose what to do.",
        };
        if (fault is null)
        {
            var done = does switch { "approve" => "Approved", "reject" => "Rejected", _ => "Taken back" };
            return Done("/approvals", $"{done}: {request.Subject}.");
        }

        Refuse("Note", fault);
        return Invalid(await ModelAsync((await FindAsync(id, ct))!, note, ct));
    }

    private async Task<Approval?> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.Approvals.AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, ct) is not { } request)
        {
            return null;
        }

        return request.AskedById == Actor.PersonId || (await desk.RightsAsync(ct)).Any(r => r.Permissions.Contains(request.Permission))
            ? request : null;
    }

    private async Task<Model> ModelAsync(Approval request, string? note, CancellationToken ct) => new(
        request, desk.Kinds.GetValueOrDefault(request.Kind)?.Title ?? request.Kind, (await desk.JudgeAsync(request, ct)).Fault,
        request.AskedById == Actor.PersonId, place.Location?.Zone ?? practice.Zone, Clock.GetUtcNow(), note);
}
