using Modular.Patients.Documents;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>How a document is filed, as typed; it goes along while pages are turned and split, so that nothing of it is lost.</summary>
public sealed class ScanForm
{
    public int Arrangement { get; set; }

    /// <summary>The page that is shown.</summary>
    public int Page { get; set; }
    public Guid? PatientId { get; set; }
    public string? PatientName { get; set; }
    public string? Category { get; set; }
    public string? Dated { get; set; }
    public string? Title { get; set; }

    public Document Write(Guid patient, Reading read)
    {
        var category = read.OneOf(nameof(Category), "Category", Category, Document.Categories) ?? "other";
        return new()
        {
            PatientId = patient, Category = category,
            Title = read.Text(nameof(Title), "Note", Title, 120) ?? Document.Categories[category],
            Dated = read.Past(nameof(Dated), "Date", Dated) ?? read.Today,
        };
    }
}
