using Modular.Sdk;

namespace Modular.Host.ContactLog;

/// <summary>One call, letter or visit about one or many records.</summary>
public sealed class ContactNote : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>They called or wrote.</summary>
    public bool Incoming { get; set; }
    public ContactWay Way { get; set; }

    /// <summary>Whom we spoke with or wrote to, or who called or wrote.</summary>
    public string Whom { get; set; } = "";
    public string About { get; set; } = "";
    public string? Reference { get; set; }
    public ContactOutcome Outcome { get; set; }
    public string? Said { get; set; }
    public string By { get; init; } = "";
    public Guid? ById { get; init; }
    public DateOnly? NextOn { get; set; }
    public string? Next { get; set; }

    /// <summary>Who follows up; null is anybody.</summary>
    public Guid? OwnerId { get; private set; }
    public string? Owner { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }
    public string? DoneBy { get; private set; }

    /// <summary>The log of a module that told of it; null when it was written here.</summary>
    public string? Source { get; init; }
    public Guid? SourceId { get; init; }
    public string? Link { get; init; }
    public List<NoteSubject> Subjects { get; } = [];

    public bool IsOpen => NextOn is not null && DoneAt is null;

    /// <summary>Its own page, or that of the row that told of it.</summary>
    public string Page => Link ?? $"/contact-log/{Id}";

    public string How => $"{Way.Title()}, {(Incoming ? "they came to us" : "we went to them")}";

    public IEnumerable<Guid> Patients => Subjects.Select(s => s.PatientId).OfType<Guid>().Distinct();

    /// <summary>In the order of a list: "Vale, Ada", "Vale, Ada and 3 more".</summary>
    public string Names => Subjects.OrderBy(s => s.Name, StringComparer.Ordinal).ToList() switch
    {
        [] => "",
        [var one] => one.Name,
        [var one, .. var more] => $"{one.Name} and {more.Count} more",
    };

    /// <summary>
    /// Of whoever follows up, alone. A row of a module has its own work in the inbox. The task knows one patient and one place: what is about
    /// several records says nothing of them, for its reader may not see each of them any more.
    /// </summary>
    public static TaskEntry? FollowUp(ContactNote note) => note is not { Source: null, IsOpen: true, OwnerId: { } owner } ? null
        : note.Subjects is [var one]
            ? new($"Follow up with {note.Whom}: {note.Next ?? note.About}", note.Page, TaskEntry.OwnOnly, AssigneeId: owner,
                LocationId: one.LocationId, PatientId: one.PatientId)
            { DueOn = note.NextOn }
            : new("Follow up a note of the contact log", note.Page, TaskEntry.OwnOnly, AssigneeId: owner) { DueOn = note.NextOn };

    public void Give(Guid? to, string? name) => (OwnerId, Owner) = (to, name);

    public void Finish(DateTimeOffset now, string by) => (DoneAt, DoneBy) = (now, by);

    public void Reopen() => (DoneAt, DoneBy) = (null, null);
}

/// <summary>A record that a note is about, under the name it had then.</summary>
public sealed class NoteSubject : IOfPatient
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid NoteId { get; init; }
    public required string Kind { get; init; }
    public required Guid RowId { get; init; }
    public required string Name { get; init; }
    public Guid? PatientId { get; init; }
    public Guid? LocationId { get; init; }

    Guid? IOfPatient.PatientId => PatientId;
}
