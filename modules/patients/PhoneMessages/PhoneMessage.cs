using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.PhoneMessages;

/// <summary>A message taken for somebody, open until somebody closes it.</summary>
public sealed class PhoneMessage : IVersioned, IOfPatient, IAtLocation, IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid LocationId { get; init; }
    public Guid? PatientId { get; set; }
    public string? Patient { get; set; }
    public string Caller { get; set; } = "";
    public string? Phone { get; set; }
    public string Reason { get; set; } = "";
    public string Urgency { get; set; } = "today";
    public string ToRole { get; set; } = Roles.Nurse;
    public DateTimeOffset TakenAt { get; init; }
    public string TakenBy { get; init; } = "";
    public DateTimeOffset AnswerBy { get; set; }
    public Guid? OwnerId { get; set; }
    public string? Owner { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    public string? ClosedBy { get; set; }
    public PhoneMessageState State { get; private set; }

    /// <summary>What was said and done about it since.</summary>
    public List<StepLine<PhoneMessage>> Thread { get; } = [];

    /// <param name="owner">Null gives it back to the team.</param>
    public string? Give(WorkOwner? owner, string by, DateTimeOffset now) => PhoneMessageSteps.Take.Take(this, now, by, _ =>
    {
        (OwnerId, Owner) = (owner?.Id, owner?.Name);
        return StepOutcome.Taken(owner is null ? $"Given back to {Teams[ToRole].ToLowerInvariant()}." : owner.Name == by ? "Took it."
            : $"Given to {owner.Name}.", "info");
    });

    public string? Note(string? text, DateTimeOffset now, string by) => PhoneMessageSteps.Note.Take(this, now, by, _ =>
        text is null ? StepOutcome.Refused("Type what was said or done.") : StepOutcome.Taken(text, "info"));

    public string? Hand(string? toRole, string? text, DateTimeOffset now, string by) => PhoneMessageSteps.Hand.Take(this, now, by, _ =>
    {
        if (toRole is null || !Teams.TryGetValue(toRole, out var team))
        {
            return StepOutcome.Refused("Choose the team.");
        }

        (ToRole, OwnerId, Owner) = (toRole, null, null);
        return StepOutcome.Taken($"Handed to {team.ToLowerInvariant()}.{(text is null ? "" : " " + text)}", "info");
    });

    public string? Close(string? text, DateTimeOffset now, string by) => PhoneMessageSteps.Close.Take(this, now, by, _ =>
    {
        (ClosedAt, ClosedBy) = (now, by);
        return text is null ? StepOutcome.Refused("Say in a few words how it was answered.") : StepOutcome.Taken(text, "ok");
    });

    public string? Reopen(string? text, DateTimeOffset now, string by) => PhoneMessageSteps.Reopen.Take(this, now, by, _ =>
    {
        (ClosedAt, ClosedBy) = (null, null);
        return StepOutcome.Taken(text ?? "Opened again.", "warn");
    });

    public bool IsOverdue(DateTimeOffset now) => ClosedAt is null && AnswerBy < now;

    /// <summary>
    /// At once is an hour; today is the end of the working day, or two hours when that is near; routine is the evening of the next business day.
    /// </summary>
    public static DateTimeOffset Due(string urgency, DateTimeOffset now, string zone, BusinessDays days)
    {
        if (urgency == "now")
        {
            return now.AddHours(1);
        }

        var day = WallTime.Today(new Fixed(now), zone);
        if (urgency == "today")
        {
            var evening = WallTime.Instant(day, new(17, 0), zone);
            return evening > now.AddHours(2) ? evening : now.AddHours(2);
        }

        return WallTime.Instant(days.Add(day, 1), new(17, 0), zone);
    }

    public static readonly RecordKind<PhoneMessage> Record =
        new("patients.phone-message", "message of a caller", PatientsPermissions.AnswerPhoneMessage, PatientsPermissions.AnswerPhoneMessage)
        {
            Name = m => $"Message of {m.Caller}", Link = m => $"/patients/phone-messages/{m.Id}",
        };

    /// <summary>What the contact log says of it.</summary>
    public static ContactEntry Contact(PhoneMessage message) => new(
        message.TakenAt, ContactWay.Phone, message.Caller, message.Reason,
        message.ClosedAt is null ? ContactOutcome.Received : ContactOutcome.Settled,
        message.TakenBy, $"/patients/phone-messages/{message.Id}",
        message is { PatientId: { } id, Patient: { } name } ? [ContactSubject.Of(Record, message), ContactSubject.Patient(id, name)]
            : [ContactSubject.Of(Record, message)])
    {
        Incoming = true,
        NextAt = message.ClosedAt is null ? message.AnswerBy : null,
        OwnerId = message.OwnerId,
        Owner = message.Owner,
    };

    public static IReadOnlyDictionary<string, string> Urgencies { get; } = new Dictionary<string, string>
    {
        ["now"] = "Now, within the hour", ["today"] = "Today", ["routine"] = "Next working day",
    };

    public static IReadOnlyDictionary<string, string> Teams { get; } = new Dictionary<string, string>
    {
        [Roles.Nurse] = "Nurses", [Roles.Provider] = "Providers", [Roles.FrontDesk] = "Front desk", [Roles.Biller] = "Billing", [Roles.Manager] = "Manager",
    };

    private sealed class Fixed(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

/// <summary>A message as typed, in fifteen seconds with the caller on the line.</summary>
public sealed class PhoneMessageForm
{
    public string? Caller { get; set; }
    public Guid? PatientId { get; set; }
    public string? PatientName { get; set; }
    public string? Phone { get; set; }
    public string? Reason { get; set; }
    public string? Urgency { get; set; } = "today";
    public string? ToRole { get; set; } = Roles.Nurse;

    public void Write(PhoneMessage message, Reading read)
    {
        message.Caller = read.Required(nameof(Caller), "Caller", Caller, 120);
        message.Phone = read.Phone(nameof(Phone), Phone);
        message.Reason = read.Required(nameof(Reason), "Message", Reason, 1000);
        message.Urgency = read.OneOf(nameof(Urgency), "Urgency", Urgency, PhoneMessage.Urgencies) ?? "today";
        message.ToRole = read.OneOf(nameof(ToRole), "For", ToRole, PhoneMessage.Teams) ?? Roles.Nurse;
    }
}
