using Modular.Host.Approvals;
using Modular.Host.Attachments;
using Modular.Host.ContactLog;
using Modular.Host.Records;
using Modular.Sdk;

namespace Modular.Host.Components;

/// <summary>What hangs on a record, to look at: nothing of it is kept.</summary>
public static class SampleRecord
{
    private static readonly SeenRecord Record = new(
        new RecordKind<Attachment>("core.sample", "sample", "", "") { Name = _ => "", Link = _ => "", Attachments = new() },
        new(Guid.Parse("00000000-0000-7000-8000-00000000000e"), "Referral of Ruth Adler", "/admin/components", null, null, true));

    public static AttachmentsOf Files(DateTimeOffset now)
    {
        var (answer, photo, wrong) = (File("Answer of the cardiologist", now), File("Photo of the card", now), File("Wrong letter", now));
        answer.Put(new(Guid.Empty, "answer.pdf", "application/pdf", 182_000, "", now), now, "Dana Cole");
        answer.Put(new(Guid.Empty, "signed.pdf", "application/pdf", 214_000, "", now), now, "Dana Cole");
        photo.Put(new(Guid.Empty, "card.jpg", "image/jpeg", 2_400_000, "", now), now, "Dana Cole");
        wrong.Put(new(Guid.Empty, "letter.pdf", "application/pdf", 90_000, "", now), now, "Dana Cole");
        wrong.Remove(now, "Dana Cole");
        return new(Record, [answer, photo, wrong], MayChange: true);
    }

    public static ContactsOf Contacts(DateTimeOffset now)
    {
        var open = new ContactNote
        {
            At = now, Way = ContactWay.Phone, Whom = "Cascade Health, claims", About = "Appeal of the denied MRI", Reference = "A-7731",
            Outcome = ContactOutcome.Promised, By = "Dana Cole", NextOn = DateOnly.FromDateTime(now.DateTime).AddDays(3),
        };
        open.Give(Guid.Empty, "Dana Cole");
        var earlier = new ContactNote
        {
            At = now.AddDays(-4), Way = ContactWay.Mail, Whom = "Cascade Health", About = "Appeal of the denied MRI",
            Outcome = ContactOutcome.Sent, By = "Dana Cole",
        };
        return new(Record, [open, earlier], More: true, MayWrite: true);
    }

    public static ShowApproval.Model Request(DateTimeOffset now) => new(
        new()
        {
            Kind = "core.sample", Key = "1", Permission = "", Subject = "Write off the claim 40017", Reason = "The payer is out of business.", Amount = 182.50m,
            Link = "/admin/components", AskedById = Guid.Empty, AskedBy = "Dana Cole", AskedAt = now.AddHours(-2),
        },
        "Write-off", null, false, "America/New_York", now, null);

    private static Attachment File(string title, DateTimeOffset now) =>
        new() { Kind = Record.Kind.Id, RowId = Record.Row.Id, Title = title, AddedAt = now, AddedBy = "Dana Cole" };
}
