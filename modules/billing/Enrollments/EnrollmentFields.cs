using Modular.Sdk;

namespace Modular.Billing.Enrollments;

/// <summary>What is typed of an enrollment, a new one or one that is on file; imports read the same.</summary>
public class EnrollmentFields : IEditForm<Enrollment>
{
    public int Version { get; set; }
    public string State { get; set; } = Enrollment.ToDo;
    public string? SentOn { get; set; }
    public string? ApprovedFrom { get; set; }
    public string? EndedOn { get; set; }
    public string? Number { get; set; }
    public string? Note { get; set; }

    public void Show(Enrollment e) => (State, SentOn, ApprovedFrom, EndedOn, Number, Note) =
        (e.State, $"{e.SentOn:MM/dd/yyyy}", $"{e.ApprovedFrom:MM/dd/yyyy}", $"{e.EndedOn:MM/dd/yyyy}", e.Number, e.Note);

    public void Write(Enrollment e, Reading read)
    {
        e.State = read.OneOf(nameof(State), "State", State, Enrollment.States) ?? Enrollment.ToDo;
        (e.SentOn, e.ApprovedFrom, e.EndedOn) = (read.Near(nameof(SentOn), SentOn), read.Near(nameof(ApprovedFrom), ApprovedFrom),
            read.Near(nameof(EndedOn), EndedOn));
        (e.Number, e.Note) = (read.Text(nameof(Number), "Number", Number), read.Text(nameof(Note), "Note", Note, 500));
        if (e.State == Enrollment.Approved && string.IsNullOrWhiteSpace(ApprovedFrom))
        {
            read.Refuse(nameof(ApprovedFrom), "From which day on is it approved?");
        }

        if (e.State == Enrollment.Ended && string.IsNullOrWhiteSpace(EndedOn))
        {
            read.Refuse(nameof(EndedOn), "Which was the last day?");
        }

        if (e.EndedOn < e.ApprovedFrom)
        {
            read.Refuse(nameof(EndedOn), "The last day is before the first.");
        }
    }
}
