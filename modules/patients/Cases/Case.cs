using Modular.Patients.Messages;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Cases;

/// <summary>An accident or injury with a payer of its own, beside the health plan.</summary>
public sealed class Case : IVersioned, IOfPatient
{
    public const string WorkersComp = "workers-comp", Auto = "auto";

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PatientId { get; init; }
    public string Kind { get; set; } = WorkersComp;
    public string Title { get; set; } = "";
    public DateOnly AccidentOn { get; set; }
    public string? AccidentState { get; set; }
    public string? ClaimNumber { get; set; }
    public string? Employer { get; set; }
    public string? Injury { get; set; }
    public string? Adjuster { get; set; }
    public string? AdjusterPhone { get; set; }
    public string? AdjusterFax { get; set; }
    public string? AdjusterEmail { get; set; }
    public string? Attorney { get; set; }
    public DateOnly OpenedOn { get; set; }
    public DateOnly? ClosedOn { get; set; }

    Guid? IOfPatient.PatientId => PatientId;

    public bool IsOpenOn(DateOnly day) => OpenedOn <= day && (ClosedOn is null || ClosedOn >= day);

    public CaseChanged Changed() => new(Id, Version, PatientId, Kind, Title, AccidentOn, AccidentState, ClaimNumber, Employer, OpenedOn, ClosedOn);

    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>
    {
        [WorkersComp] = "Workers' compensation", [Auto] = "Auto accident", ["liability"] = "Other liability", ["other"] = "Other",
    };
}

/// <summary>A case as typed.</summary>
public sealed class CaseForm : IEditForm<Case>
{
    public int Version { get; set; }
    public string? Kind { get; set; } = Case.WorkersComp;
    public string? Title { get; set; }
    public string? AccidentOn { get; set; }
    public string? AccidentState { get; set; }
    public string? ClaimNumber { get; set; }
    public string? Employer { get; set; }
    public string? Injury { get; set; }
    public string? Adjuster { get; set; }
    public string? AdjusterPhone { get; set; }
    public string? AdjusterFax { get; set; }
    public string? AdjusterEmail { get; set; }
    public string? Attorney { get; set; }
    public string? OpenedOn { get; set; }
    public string? ClosedOn { get; set; }

    public void Show(Case c)
    {
        (Kind, Title, AccidentOn, AccidentState, ClaimNumber, Employer, Injury) = (c.Kind, c.Title, Said.ShortDay(c.AccidentOn), c.AccidentState, c.ClaimNumber, c.Employer, c.Injury);
        (Adjuster, AdjusterPhone, AdjusterFax, AdjusterEmail, Attorney) = (c.Adjuster, TypedPhone.Show(c.AdjusterPhone), TypedPhone.Show(c.AdjusterFax), c.AdjusterEmail, c.Attorney);
        (OpenedOn, ClosedOn) = (Said.ShortDay(c.OpenedOn), c.ClosedOn is { } day ? Said.ShortDay(day) : null);
    }

    public void Write(Case c, Reading read)
    {
        c.Kind = read.OneOf(nameof(Kind), "Kind", Kind, Case.Kinds) ?? Case.WorkersComp;
        c.ClaimNumber = read.Text(nameof(ClaimNumber), "Claim number", ClaimNumber, 60);
        c.Employer = read.Text(nameof(Employer), "Employer", Employer, 120);
        c.Injury = read.Text(nameof(Injury), "Injury", Injury, 300);
        c.AccidentState = read.State(nameof(AccidentState), AccidentState);
        c.Adjuster = read.Text(nameof(Adjuster), "Adjuster", Adjuster, 120);
        c.AdjusterPhone = read.Phone(nameof(AdjusterPhone), AdjusterPhone);
        c.AdjusterFax = read.Phone(nameof(AdjusterFax), AdjusterFax);
        c.AdjusterEmail = read.Email(nameof(AdjusterEmail), AdjusterEmail);
        c.Attorney = read.Text(nameof(Attorney), "Attorney", Attorney, 120);
        WriteDays(c, read);
        c.Title = read.Text(nameof(Title), "Name", Title) ?? $"{Case.Kinds[c.Kind]}, {Said.ShortDay(c.AccidentOn)}";
        Needs(c, read);
    }

    private void WriteDays(Case c, Reading read)
    {
        if (read.Past(nameof(AccidentOn), "Accident", AccidentOn) is { } accident)
        {
            c.AccidentOn = accident;
        }
        else if (Reading.Clean(AccidentOn) is null)
        {
            read.Refuse(nameof(AccidentOn), "Type the day of the accident; claims need it.");
        }

        c.OpenedOn = read.Near(nameof(OpenedOn), OpenedOn) ?? (c.OpenedOn == default ? read.Today : c.OpenedOn);
        c.ClosedOn = read.Near(nameof(ClosedOn), ClosedOn);
        if (c.OpenedOn < c.AccidentOn)
        {
            read.Refuse(nameof(OpenedOn), "The case cannot begin before the accident.");
        }

        if (c.ClosedOn < c.OpenedOn)
        {
            read.Refuse(nameof(ClosedOn), "The case cannot close before it begins.");
        }
    }

    private static void Needs(Case c, Reading read)
    {
        if (c.Kind == Case.WorkersComp && c.Employer is null)
        {
            read.Refuse(nameof(Employer), "Workers' compensation needs the employer.");
        }

        if (c.Kind is Case.WorkersComp or Case.Auto && c.AccidentState is null)
        {
            read.Refuse(nameof(AccidentState), "Type the state of the accident; its law decides who pays.");
        }
    }
}
