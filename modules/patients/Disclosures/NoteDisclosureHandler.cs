using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Patients.Disclosures;

/// <summary>What other modules gave out about a patient. In order, so that one taken back at once is not there afterwards.</summary>
[Sequential, Queue("patients.disclosures-noted")]
public sealed class NoteDisclosureHandler(PatientsDb db)
{
    public async Task HandleAsync(NoteDisclosure told, CancellationToken ct)
    {
        if (await db.Disclosures.AnyAsync(d => d.Id == told.DisclosureId, ct))
        {
            return;
        }

        db.Add(new Disclosure
        {
            Id = told.DisclosureId, PatientId = told.PatientId, DisclosedOn = told.DisclosedOn, Recipient = Cut(told.Recipient, 120), Address = told.Address is { } to ? Cut(to, 300) : null,
            What = Cut(told.What, 500), Purpose = Disclosure.Purposes.ContainsKey(told.Purpose) ? told.Purpose : "other", ByName = told.ByName,
        });
        await db.SaveChangesAsync(ct);
    }

    public async Task HandleAsync(TakeBackDisclosure told, CancellationToken ct)
    {
        if (await db.Disclosures.FirstOrDefaultAsync(d => d.Id == told.DisclosureId, ct) is { } disclosure)
        {
            db.Remove(disclosure);
            await db.SaveChangesAsync(ct);
        }
    }

    private static string Cut(string text, int most) => text.Length > most ? text[..most] : text;
}
