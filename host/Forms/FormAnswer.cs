using System.Text.Json;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.Forms;

/// <summary>Where a form is that somebody is asked to fill in.</summary>
public enum FormState
{
    /// <summary>A link was made, or a screen handed over, and nothing came yet.</summary>
    Asked,

    /// <summary>Answered; nobody looked at it yet.</summary>
    Waiting,
    Reviewed,
    SetAside,

    /// <summary>It need not be filled in any more.</summary>
    Withdrawn,
}

/// <summary>A field of a record that a review changed.</summary>
public sealed record TakenField(string Field, string Title, string? Before, string After);

/// <summary>One form that somebody is asked to fill in, or filled in, with what became of it.</summary>
public sealed class FormAnswer : IVersioned, IOfPatient, IOwned
{
    /// <summary>The first to come is the first to be reviewed; what nobody looked at for two days is late.</summary>
    public static readonly WorkQueue<FormAnswer> Queue = new("core.form-answer", "form", "/forms/answers", FormKinds.SeeAnswers)
    {
        Open = a => a.State == FormState.Waiting,
        Due = a => a.AnsweredAt!.Value.AddDays(2),
        Role = a => a.Role,
        Title = a => $"Review {a.FormName} of {a.About}",
        Link = a => $"/forms/show-answer/{a.Id}",
        Why = (a, ask) => $"{a.AnsweredBy} sent it {Said.Instant(a.AnsweredAt!.Value, ask.Zone, ask.Now)}, and nobody has looked at it yet.",
    };

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid FormId { get; init; }
    public string Kind { get; init; } = "";
    public string FormName { get; init; } = "";

    /// <summary>The record it is about; null for the patient, whom a merge moves, and for nothing.</summary>
    public Guid? SubjectId { get; init; }

    public Guid? PatientId { get; init; }
    public Guid? LocationId { get; init; }

    /// <summary>The record's name when it was asked.</summary>
    public string About { get; init; } = "";

    public string? Role { get; init; }

    /// <summary>staff, tablet or link.</summary>
    public string Way { get; init; } = "staff";

    public FormState State { get; private set; }
    public DateTimeOffset AskedAt { get; init; }
    public string AskedBy { get; init; } = "";

    /// <summary>Of the version that was answered.</summary>
    public int? Number { get; private set; }

    public string? Language { get; private set; }

    /// <summary>JSON of <see cref="FormReading.Answers"/>.</summary>
    public string? Answers { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }
    public string? AnsweredBy { get; private set; }
    public Guid? SignatureId { get; private set; }
    public Guid? OwnerId { get; set; }
    public string? Owner { get; set; }
    public DateTimeOffset? ReviewedAt { get; private set; }
    public string? ReviewedBy { get; private set; }
    public string? Note { get; private set; }

    /// <summary>JSON of what the review changed.</summary>
    public string? Taken { get; private set; }

    /// <summary>Id of the record; null for a form about nothing.</summary>
    public Guid? RecordId => SubjectId ?? PatientId;

    public IReadOnlyDictionary<string, string[][]> Given => Answers is null ? new Dictionary<string, string[][]>()
        : JsonSerializer.Deserialize<Dictionary<string, string[][]>>(Answers)!;

    public IReadOnlyList<TakenField> TakenFields => Taken is null ? [] : JsonSerializer.Deserialize<List<TakenField>>(Taken)!;

    /// <param name="signature">Of whoever signed it, when it asks for that.</param>
    public void Answer(FormVersion version, FormReading read, string language, DateTimeOffset at, string by, Guid? signature)
    {
        Expect(FormState.Asked);
        (State, Number, Language, AnsweredAt, AnsweredBy, SignatureId) = (FormState.Waiting, version.Number, language, at, by, signature);
        Answers = JsonSerializer.Serialize(read.Answers);
    }

    public FormAnswered Told() => new(Id, FormId, Number!.Value, Kind, RecordId, PatientId, Way, AnsweredBy!, AnsweredAt!.Value);

    public void Review(IReadOnlyList<TakenField> taken, DateTimeOffset at, string by)
    {
        Expect(FormState.Waiting);
        (State, ReviewedAt, ReviewedBy, Taken) = (FormState.Reviewed, at, by, JsonSerializer.Serialize(taken));
    }

    public void SetAside(string why, DateTimeOffset at, string by)
    {
        Expect(FormState.Waiting);
        (State, ReviewedAt, ReviewedBy, Note) = (FormState.SetAside, at, by, why);
    }

    public void Withdraw(DateTimeOffset at, string by)
    {
        Expect(FormState.Asked);
        (State, ReviewedAt, ReviewedBy) = (FormState.Withdrawn, at, by);
    }

    private void Expect(FormState state)
    {
        if (State != state)
        {
            throw new InvalidOperationException($"This form is {State.Text()}, not {state.Text()}.");
        }
    }
}
