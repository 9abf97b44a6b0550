namespace Modular.Sdk;

/// <summary>How people were in touch.</summary>
public enum ContactWay
{
    Phone,
    Email,
    Fax,
    Mail,
    Portal,
    Text,
    InPerson,
}

/// <summary>What came of it.</summary>
public enum ContactOutcome
{
    Reached,
    LeftMessage,
    NoAnswer,
    Sent,
    Received,
    Promised,
    Refused,
    Settled,
}

/// <summary>
/// What a row of a module says to the contact log of the practice: a message of a caller, a call about a referral. The row keeps its own page,
/// where it is changed; the log shows the entry beside the notes that people write there, and leads to it.
/// </summary>
/// <param name="At">When it was.</param>
/// <param name="Way">How.</param>
/// <param name="Whom">Whom the practice spoke with or wrote to, or who called or wrote. At most 120 letters.</param>
/// <param name="About">At most 200 letters; what is longer is cut.</param>
/// <param name="Outcome">What came of it until now.</param>
/// <param name="By">Who of the practice.</param>
/// <param name="Link">The row's own page.</param>
/// <param name="Subjects">The records it is about, one at least. Whoever does not see all of them does not see the entry.</param>
/// <example><code>
/// .Contacts&lt;Referral&gt;("told", r =&gt; r.ToldOn is null ? null : new(r.ToldAt, ContactWay.Phone, r.PatientName, "Appointment",
///     ContactOutcome.Reached, r.ToldBy, r.Link, [ContactSubject.Of(ReferralsModule.Record, r)]))
/// </code></example>
public sealed record ContactEntry(
    DateTimeOffset At, ContactWay Way, string Whom, string About, ContactOutcome Outcome, string By, string Link,
    IReadOnlyList<ContactSubject> Subjects)
{
    /// <summary>They called or wrote.</summary>
    public bool Incoming { get; init; }

    /// <summary>What was said; at most 2,000 letters, what is longer is cut.</summary>
    public string? Said { get; init; }

    /// <summary>Their number of the matter.</summary>
    public string? Reference { get; init; }

    /// <summary>The day by which to follow up; null when there is nothing to do, or <see cref="NextAt"/> says it.</summary>
    public DateOnly? NextOn { get; init; }

    /// <summary>The instant by which to follow up: the day at the place of the first record. Counts where <see cref="NextOn"/> is null.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Who follows up; null is anybody.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>Their name.</summary>
    public string? Owner { get; init; }
}

/// <summary>A record that a contact is about.</summary>
/// <param name="Kind">As its module declared it: <c>patients.patient</c>.</param>
/// <param name="Id">Of the record.</param>
/// <param name="Name">As it is called now; kept with the entry.</param>
/// <param name="PatientId">Whom the record is about.</param>
/// <param name="LocationId">Where the record is; null is the whole practice's.</param>
public sealed record ContactSubject(string Kind, Guid Id, string Name, Guid? PatientId, Guid? LocationId = null)
{
    /// <summary>A patient.</summary>
    public static ContactSubject Patient(Guid id, string name) => new("patients.patient", id, name, id);

    /// <summary>A row of the module.</summary>
    public static ContactSubject Of<TRow>(RecordKind<TRow> kind, TRow row) where TRow : class, IVersioned =>
        new(kind.Id, row.Id, kind.Name(row), (row as IOfPatient)?.PatientId, (row as IAtLocation)?.LocationId);
}

/// <summary>Permissions of the contact log, for controls that lead there.</summary>
public static class ContactLogPermissions
{
    public const string Read = "core.contacts.read";
    public const string Write = "core.contacts.write";
    public const string Export = "core.contacts.export";
}
