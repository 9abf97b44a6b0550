using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Slips;

/// <summary>One message with its thread: take it, note what was done, hand it to another team, close it.</summary>
public sealed class ShowSlip(PatientsDb db, IAccessLog log, IPractice practice, ChosenLocation chosen, ILive live) : PatientSlice(db, log, practice)
{
    public sealed record Model(Slip Slip, IReadOnlyList<SlipNote> Notes, DateTimeOffset Now, string Zone, bool Mine, string? Text);

    [HttpGet("/patients/slips/{id:guid}")]
    [Needs(PatientsModule.AnswerSlip)]
    public async Task<IActionResult> Get([PatientOf<Slip>("message slip")] Guid id, CancellationToken ct)
    {
        if (await Db.Slips.FirstOrDefaultAsync(s => s.Id == id, ct) is not { } slip)
        {
            return NotFound();
        }

        return Page(await ModelAsync(slip, null, ct));
    }

    /// <param name="does">take, note, hand, close, reopen.</param>
    [HttpPost("/patients/slips/{id:guid}")]
    [Needs(PatientsModule.AnswerSlip)]
    public async Task<IActionResult> Post([PatientOf<Slip>("message slip")] Guid id, int version, string? does, string? text, string? toRole, CancellationToken ct)
    {
        if (await Db.Slips.FirstOrDefaultAsync(s => s.Id == id, ct) is not { } slip)
        {
            return NotFound();
        }

        if (slip.Version != version)
        {
            Refuse("", slip.ClosedAt is null ? $"{slip.Owner ?? "Somebody"} worked on this message meanwhile; look below, your note is kept." : $"{slip.ClosedBy} closed this message meanwhile.");
        }
        else if (Apply(slip, does, Reading.Clean(text), toRole) is { } fault)
        {
            Refuse("Text", fault);
        }

        if (!ModelState.IsValid)
        {
            ModelState.Remove("version");
            await Db.Entry(slip).ReloadAsync(ct);
            return Invalid(await ModelAsync(slip, text, ct));
        }

        await using var write = await Db.BeginWriteAsync(ct);
        await Db.SaveChangesAsync(ct);
        live.Changed(PatientsModule.SlipTopic, slip.LocationId.ToString("N"));
        await write.CommitAsync(ct);
        return does is "close" or "hand" ? Done("/patients/slips", does == "close" ? "Message closed." : $"Handed to {Slip.Teams[slip.ToRole].ToLowerInvariant()}.") : Done($"/patients/slips/{id}", "Noted.");
    }

    private string? Apply(Slip slip, string? does, string? text, string? toRole)
    {
        var now = Clock.GetUtcNow();
        if (text?.Length > 1000)
        {
            return "At most 1,000 letters fit.";
        }

        switch (does)
        {
            case "take":
                (slip.OwnerId, slip.Owner, text) = (Actor.PersonId, Actor.Name, text ?? "Took it.");
                break;
            case "note" when text is null:
                return "Type what was said or done.";
            case "hand" when toRole is null || !Slip.Teams.ContainsKey(toRole):
                return "Choose the team.";
            case "hand":
                (slip.ToRole, slip.OwnerId, slip.Owner) = (toRole, null, null);
                text = $"Handed to {Slip.Teams[toRole].ToLowerInvariant()}.{(text is null ? "" : " " + text)}";
                break;
            case "close" when text is null:
                return "Say in a few words how it was answered.";
            case "close":
                (slip.ClosedAt, slip.ClosedBy) = (now, Actor.Name);
                break;
            case "reopen":
                (slip.ClosedAt, slip.ClosedBy, text) = (null, null, text ?? "Opened again.");
                break;
            case "note":
                // A note is work: the slip's version counts it, so that two who answer at once meet.
                Db.Entry(slip).Property(s => s.Urgency).IsModified = true;
                break;
            default:
                return "Choose what to do.";
        }

        Db.Add(new SlipNote { SlipId = slip.Id, At = now, ByName = Actor.Name, Text = text! });
        return null;
    }

    private async Task<Model> ModelAsync(Slip slip, string? text, CancellationToken ct) => new(slip,
        await Db.SlipNotes.AsNoTracking().Where(n => n.SlipId == slip.Id).OrderBy(n => n.At).ToListAsync(ct),
        Clock.GetUtcNow(), chosen.Location?.Zone ?? Zone, slip.OwnerId is not null && slip.OwnerId == Actor.PersonId, text);
}
