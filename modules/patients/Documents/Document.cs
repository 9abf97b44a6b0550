using Modular.Sdk;

namespace Modular.Patients.Documents;

/// <summary>A scan, photo or letter in a patient's chart; the content is the host's file.</summary>
public sealed class Document : IVersioned, IOfPatient
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PatientId { get; init; }
    public Guid FileId { get; set; }
    public string Category { get; set; } = "other";
    public string Title { get; set; } = "";

    /// <summary>The day on the paper, not the day it was filed.</summary>
    public DateOnly Dated { get; set; }
    public DateTimeOffset AddedAt { get; set; }
    public string AddedBy { get; set; } = "";

    Guid? IOfPatient.PatientId => PatientId;

    /// <summary>Puts a better scan in the place of this one, which is kept as a version.</summary>
    public DocumentVersion Replace(int number, Guid file, DateTimeOffset now, string by)
    {
        var kept = new DocumentVersion { DocumentId = Id, Number = number, FileId = FileId, AddedAt = AddedAt, AddedBy = AddedBy, ReplacedAt = now, ReplacedBy = by };
        (FileId, AddedAt, AddedBy) = (file, now, by);
        return kept;
    }

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

/// <summary>What a document was before it was replaced.</summary>
public sealed class DocumentVersion
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid DocumentId { get; init; }
    public int Number { get; init; }
    public Guid FileId { get; init; }
    public DateTimeOffset AddedAt { get; init; }
    public string AddedBy { get; init; } = "";
    public DateTimeOffset ReplacedAt { get; init; }
    public string ReplacedBy { get; init; } = "";
}
