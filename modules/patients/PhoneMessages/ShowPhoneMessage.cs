using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.PhoneMessages;

/// <summary>One message with its thread: note what was done, hand it to another team, close it.</summary>
public sealed class ShowPhoneMessage(PatientsDb db, IAccessLog log, IPractice practice, ChosenLocation chosen, ILive live) : PatientSlice(db, log, practice)
{
    public sealed record Model(PhoneMessage PhoneMessage, IReadOnlyList<StepLine<PhoneMessage>> Thread, DateTimeOffset Now, string Zone,
        string? Text);

    [HttpGet("/patients/phone-messages/{id:guid}")]
    [Needs(PatientsPermissions.AnswerPhoneMessage)]
    public async Task<IActionResult> Get([PatientOf<PhoneMessage>("message of a caller")] Guid id, CancellationToken ct)
    {
        if (await Db.PhoneMessages.FirstOrDefaultAsync(s => s.Id == id, ct) is not { } message)
        {
            return NotFound();
        }

        return Page(await ModelAsync(message, null, ct));
    }

    /// <param name="does">note, hand, close, reopen.</param>
    [HttpPost("/patients/phone-messages/{id:guid}")]
    [Needs(PatientsPermissions.AnswerPhoneMessage)]
    public async Task<IActionResult> Post([PatientOf<PhoneMessage>("message of a caller")] Guid id, int version, string? does, string? text, string? toRole, CancellationToken ct)
    {
        if (await Db.PhoneMessages.FirstOrDefaultAsync(s => s.Id == id, ct) is not { } message)
        {
            return NotFound();
        }

        var (said, now) = (Reading.Clean(text), Clock.GetUtcNow());
        var (step, take) = Wanted(does, said, toRole, now);
        if (said?.Length > 1000)
        {
            Refuse("Text", "At most 1,000 letters fit.");
        }
        else if (step is null)
        {
            Refuse("Text", "Choose what to do.");
        }
        else if (await PhoneMessageSteps.All.TakeAsync(Db, Actor, message, version, step, take, ct, after: () => TellAsync(message)) is { Refusal: { } fault } result)
        {
            Refuse(result.Outdated ? "" : "Text", result.Outdated ? await MeanwhileAsync(id, ct) : fault);
        }

        if (!ModelState.IsValid)
        {
            ModelState.Remove("version");
            Db.ChangeTracker.Clear();
            return Invalid(await ModelAsync(await Db.PhoneMessages.FirstAsync(s => s.Id == id, ct), text, ct));
        }

        return step == PhoneMessageSteps.Close || step == PhoneMessageSteps.Hand
            ? await DoneNextAsync(PhoneMessageWork.Queue, Db, id, "/patients/phone-messages",
                step == PhoneMessageSteps.Close ? "Message closed." : $"Handed to {PhoneMessage.Teams[message.ToRole].ToLowerInvariant()}.", ct)
            : Done($"/patients/phone-messages/{id}{WorkQueue.Through(Request)}", "Noted.");
    }

    private (Step<PhoneMessage, PhoneMessageState>? Step, Func<PhoneMessage, string?> Take) Wanted(
        string? does, string? text, string? toRole, DateTimeOffset now) =>
        PhoneMessageSteps.All.All.FirstOrDefault(s => s.Name == does && s != PhoneMessageSteps.Take) is not { } step ? (null, _ => null) : (step, m =>
            step == PhoneMessageSteps.Hand ? m.Hand(toRole, text, now, Actor.Name)
            : step == PhoneMessageSteps.Close ? m.Close(text, now, Actor.Name)
            : step == PhoneMessageSteps.Reopen ? m.Reopen(text, now, Actor.Name)
            : m.Note(text, now, Actor.Name));

    private Task TellAsync(PhoneMessage message)
    {
        live.Changed(PatientsModule.PhoneMessageTopic, message.LocationId.ToString("N"));
        return Task.CompletedTask;
    }

    private async Task<string> MeanwhileAsync(Guid id, CancellationToken ct)
    {
        var now = await Db.PhoneMessages.AsNoTracking().FirstAsync(s => s.Id == id, ct);
        return now.State == PhoneMessageState.Closed ? $"{now.ClosedBy} closed this message meanwhile."
            : $"{now.Owner ?? "Somebody"} worked on this message meanwhile; look below, your note is kept.";
    }

    private async Task<Model> ModelAsync(PhoneMessage message, string? text, CancellationToken ct) => new(message,
        await Db.Set<StepLine<PhoneMessage>>().AsNoTracking().Where(n => n.RowId == message.Id).ToListAsync(ct),
        Clock.GetUtcNow(), chosen.Location?.Zone ?? Zone, text);
}
