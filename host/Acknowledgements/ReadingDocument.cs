using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Acknowledgements;

/// <summary>A document that people have to read and sign, whatever its version.</summary>
public sealed class ReadingDocument : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public string Kind { get; set; } = "";
    public required string Key { get; init; }
    public string Name { get; set; } = "";
    public bool Everybody { get; set; }

    /// <summary>Presets, and ids of the practice's own roles.</summary>
    public string[] Roles { get; set; } = [];

    public Guid[] LocationIds { get; set; } = [];
    public Guid[] PersonIds { get; set; } = [];
    public int Days { get; set; }

    /// <summary>Number of the newest version; 0 while there is none.</summary>
    public int Current { get; set; }

    /// <summary>Number of the newest version that everybody has to sign.</summary>
    public int Asking { get; set; }

    public DateTimeOffset? WithdrawnAt { get; set; }
    public string? WithdrawnBy { get; set; }
    public string? WithdrawnWhy { get; set; }

    public bool Asks => Asking > 0 && WithdrawnAt is null;

    public bool IsFor(Person person) => person.Active
        && (PersonIds.Contains(person.Id)
            || ((Everybody || person.Roles.Exists(r => Roles.Contains(r.Preset ?? r.RoleId.ToString())))
                && (LocationIds.Length == 0 || person.AllLocations || person.Locations.Exists(l => LocationIds.Contains(l.LocationId)))));
}

/// <summary>One version, as it was published: a text or a PDF.</summary>
public sealed class ReadingVersion
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid DocumentId { get; init; }
    public required int Number { get; init; }
    public string? Body { get; init; }
    public Guid? FileId { get; init; }
    public string? FileName { get; init; }

    /// <summary>Of the text in UTF-8, or of the file.</summary>
    public required string Sha256 { get; init; }

    /// <summary>A correction that nobody signs again for.</summary>
    public required bool Small { get; init; }

    public string? Change { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public required string PublishedBy { get; init; }
}

public enum AcknowledgementState
{
    Waiting,
    Signed,

    /// <summary>A newer version asks instead.</summary>
    Replaced,

    /// <summary>Not asked any more: the person left, has another role, or the document was withdrawn.</summary>
    Released,
}

/// <summary>One person and one version that asks.</summary>
public sealed class Acknowledgement : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required Guid DocumentId { get; init; }
    public required int Number { get; init; }
    public required string Name { get; set; }
    public required Guid PersonId { get; init; }
    public required string Person { get; set; }
    public required DateOnly AskedOn { get; set; }
    public required DateOnly DueOn { get; set; }
    public bool Overdue { get; set; }
    public AcknowledgementState State { get; set; }
    public DateTimeOffset? SignedAt { get; private set; }
    public int? SignedNumber { get; private set; }
    public Guid? SignatureId { get; private set; }

    public void Sign(Guid signature, int number, DateTimeOffset now) =>
        (State, SignatureId, SignedNumber, SignedAt, Overdue) = (AcknowledgementState.Signed, signature, number, now, false);

    /// <summary>Of the person alone, whatever they may do else. What is overdue is asked for anew, even when it was ticked off.</summary>
    public static TaskEntry? Task(Acknowledgement a) => a.State != AcknowledgementState.Waiting ? null : new(
        a.Overdue ? $"Overdue: read and sign {a.Name}" : $"Read and sign {a.Name}", $"/my-reading/{a.Id}", TaskEntry.OwnOnly,
        AssigneeId: a.PersonId, Urgent: a.Overdue)
    {
        DueOn = a.DueOn,
    };
}
