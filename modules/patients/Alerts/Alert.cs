using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Alerts;

/// <summary>What everybody who opens the patient must see between two days.</summary>
public sealed class Alert : IVersioned, IOfPatient
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PatientId { get; init; }
    public string Kind { get; set; } = "other";
    public string Text { get; set; } = "";
    public DateOnly FromDate { get; set; }
    public DateOnly? ToDate { get; set; }
    public string AddedBy { get; set; } = "";

    Guid? IOfPatient.PatientId => PatientId;

    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>
    {
        ["safety"] = "Safety", ["behavior"] = "Behavior", ["billing"] = "Billing", ["care"] = "Care", ["other"] = "Other",
    };
}

public sealed class AlertForm : IEditForm<Alert>
{
    public int Version { get; set; }
    public string? Kind { get; set; } = "other";
    public string? Text { get; set; }
    public string? FromDate { get; set; }
    public string? ToDate { get; set; }

    public void Show(Alert a) =>
        (Kind, Text, FromDate, ToDate) = (a.Kind, a.Text, Said.ShortDay(a.FromDate), a.ToDate is { } to ? Said.ShortDay(to) : null);

    public void Write(Alert a, Reading read)
    {
        a.Kind = read.OneOf(nameof(Kind), "Kind", Kind, Alert.Kinds) ?? "other";
        a.Text = read.Required(nameof(Text), "Alert", Text, 300);
        a.FromDate = read.Near(nameof(FromDate), FromDate) ?? (a.FromDate == default ? read.Today : a.FromDate);
        a.ToDate = read.Near(nameof(ToDate), ToDate);
        if (a.ToDate < a.FromDate)
        {
            read.Refuse(nameof(ToDate), "The last day is before the first.");
        }
    }
}
