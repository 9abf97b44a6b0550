using Modular.Sdk;

namespace Modular.Patients.Documents;

/// <summary>A scan, photo or letter in a patient's chart; the content is the host's file.</summary>
public sealed class Document : IVersioned, IOfPatient
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PatientId { get; init; }
    public Guid FileId { get; init; }
    public string Category { get; set; } = "other";
    public string Title { get; set; } = "";

    /// <summary>The day on the paper, not the day it was filed.</summary>
    public DateOnly Dated { get; set; }
    public DateTimeOffset AddedAt { get; init; }
    public string AddedBy { get; init; } = "";

    Guid? IOfPatient.PatientId => PatientId;

    public static IReadOnlyDictionary<string, string> Categories { get; } = new Dictionary<string, string>
    {
        ["id-card"] = "Identity card",
        ["insurance-card"] = "Insurance card",
        ["referral"] = "Referral",
        ["consent"] = "Consent",
        ["letter"] = "Letter",
        ["result"] = "Result",
        ["other"] = "Other",
    };
}
