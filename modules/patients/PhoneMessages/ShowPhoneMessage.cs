using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.PhoneMessages;

/// <summary>One message with its thread: take it, note what was done, hand it to another team, close it.</summary>
public sealed class ShowPhoneMessage(PatientsDb db, IAccessLog log, IPractice practice, ChosenLocation chosen, ILive live) : PatientSlice(db, log, practice)
{
    public sealed record Model(PhoneMessage PhoneMessage, IReadOnlyList<PhoneMessageNote> Notes, DateTimeOffset Now, string Zone, bool Mine, string? Text);

    [HttpGet("/patients/phone-messages/{id:guid}")]
    [Needs(PatientsModule.AnswerPhoneMessage)]
    public async Task<IActionResult> Get([PatientOf<PhoneMessage>("message of a caller")] Guid id, CancellationToken ct)
    {
        if (await Db.PhoneMessages.FirstOrDefaultAsync(s => s.Id == id, ct) is not { } message)
        {
            return NotFound();
        }

        return Page(await ModelAsync(message, null, ct));
    }

    /// <param name="does">take, note, hand, close, reopen.</param>
    [HttpPost("/patients/phone-messages/{id:guid}")]
    [Needs(PatientsModule.AnswerPhoneMessage)]
    public async Task<IActionResult> Post([PatientOf<PhoneMessage>("message of a caller")] Guid id, int version, string? does, string? text, string? toRole, CancellationToken ct)
    {
        if (await Db.PhoneMessages.FirstOrDefaultAsync(s => s.Id == id, ct) is not { } message)
        {
            return NotFound();
        }

        if (message.Version != version)
        {
            Refuse("", message.ClosedAt is null ? $"{message.Owner ?? "Somebody"} worked on this message meanwhile; look below, your note is kept." : $"{message.ClosedBy} closed this message meanwhile.");
        }
        else if (Apply(message, does, Reading.Clean(text), toRole) is { } fault)
        {
            Refuse("Text", fault);
        }

        if (!ModelState.IsValid)
        {
            ModelState.Remove("version");
            await Db.Entry(message).ReloadAsync(ct);
            return Invalid(await ModelAsync(message, text, ct));
        }

        await using var write = await Db.BeginWriteAsync(ct);
        await Db.SaveChangesAsync(ct);
        live.Changed(PatientsModule.PhoneMessageTopic, message.LocationId.ToString("N"));
        await write.CommitAsync(ct);
        return does is "close" or "hand" ? Done("/patients/phone-messages", does == "close" ? "Message closed." : $"Handed to {PhoneMessage.Teams[message.ToRole].ToLowerInvariant()}.") : Done($"/patients/phone-messages/{id}", "Noted.");
    }

    private string? Apply(PhoneMessage message, string? does, string? text, string? toRole)
    {
        var now = Clock.GetUtcNow();
        if (text?.Length > 1000)
        {
            return "At most 1,000 letters fit.";
        }

        switch (does)
        {
            case "take":
                (message.OwnerId, message.Owner, text) = (Actor.PersonId, Actor.Name, text ?? "Took it.");
                break;
            case "note" when text is null:
                return "Type what was said or done.";
            case "hand" when toRole is null || !PhoneMessage.Teams.ContainsKey(toRole):
                return "Choose the team.";
            case "hand":
                (message.ToRole, message.OwnerId, message.Owner) = (toRole, null, null);
                text = $"Handed to {PhoneMessage.Teams[toRole].ToLowerInvariant()}.{(text is null ? "" : " " + text)}";
                break;
            case "close" when text is null:
                return "Say in a few words how it was answered.";
            case "close":
                (message.ClosedAt, message.ClosedBy) = (now, Actor.Name);
                break;
            case "reopen":
                (message.ClosedAt, message.ClosedBy, text) = (null, null, text ?? "Opened again.");
                break;
            case "note":
                // A note is work: the message's version counts it, so that two who answer at once meet.
                Db.Entry(message).Property(s => s.Urgency).IsModified = true;
                break;
            default:
                return "Choose what to do.";
        }

        Db.Add(new PhoneMessageNote { PhoneMessageId = message.Id, At = now, ByName = Actor.Name, Text = text! });
        return null;
    }

    private async Task<Model> ModelAsync(PhoneMessage message, string? text, CancellationToken ct) => new(message,
        await Db.PhoneMessageNotes.AsNoTracking().Where(n => n.PhoneMessageId == message.Id).OrderBy(n => n.At).ToListAsync(ct),
        Clock.GetUtcNow(), chosen.Location?.Zone ?? Zone, message.OwnerId is not null && message.OwnerId == Actor.PersonId, text);
}
