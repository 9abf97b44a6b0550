using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: form-kind
/// <summary>The specialist's office says on a form whom the patient sees, and by when the report is needed.</summary>
public sealed class ReferralForms(ReferralsDb db) : IFormRecord
{
    public static readonly FormKind Details = new("referrals.details", "Details of a referral", Ask: "referrals.referral.send", Review: "referrals.referral.send")
    {
        About = ReferralRecord.Kind, Role = Roles.FrontDesk, Ways = FormWays.Staff | FormWays.Link,
        Fields =
        [
            new("sent-to", "Specialist") { InSpanish = "Especialista" },
            new("phone", "Phone") { InSpanish = "Teléfono", Read = typed => TypedPhone.Read(typed), Show = TypedPhone.Show },
        ],
    };

    public async Task<FormRecord?> FindAsync(Guid id, CancellationToken ct) =>
        await db.Referrals.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, ct) is { } referral
            ? new(referral.Version, referral.SentTo, new Dictionary<string, string?> { ["sent-to"] = referral.SentTo, ["phone"] = referral.Phone }) : null;

    public async Task<IReadOnlyList<FieldError>> TakeAsync(Guid id, int version, IReadOnlyDictionary<string, string> taken, CancellationToken ct)
    {
        if (await db.Referrals.FirstOrDefaultAsync(r => r.Id == id, ct) is not { } referral || referral.Version != version)
        {
            throw new DbUpdateConcurrencyException("The referral was saved after the answers were compared with it.");
        }

        var read = new Reading(referral.SentOn);
        referral.SentTo = taken.TryGetValue("sent-to", out var name) ? read.Required("sent-to", "Specialist", name, 120) : referral.SentTo;
        referral.Phone = taken.TryGetValue("phone", out var phone) ? read.Phone("phone", phone) : referral.Phone;
        if (read.Errors.Count == 0)
        {
            await db.SaveChangesAsync(ct);
        }

        return read.Errors;
    }
}
// end

// snippet: form-answers
public sealed class ReferralAnswers(IForms forms)
{
    public async Task<IReadOnlyList<string>> OfAsync(Guid referral, CancellationToken ct) =>
        [.. (await forms.AnsweredAsync(ReferralForms.Details, referral, ct)).Select(a => $"{a.By}: {string.Join(", ", a.Answers.Values)}")];
}
// end
