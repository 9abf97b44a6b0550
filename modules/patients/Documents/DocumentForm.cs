using Microsoft.AspNetCore.Http;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Documents;

/// <summary>What a document is called, as typed.</summary>
public sealed class DocumentForm : IEditForm<Document>
{
    public int Version { get; set; }
    public IFormFile? File { get; set; }
    public string? Title { get; set; }
    public string? Category { get; set; } = "other";
    public string? Dated { get; set; }

    public void Show(Document document) => (Title, Category, Dated) = (document.Title, document.Category, Said.ShortDay(document.Dated));

    public void Write(Document document, Reading read)
    {
        var named = Reading.Clean(Title) ?? Path.GetFileNameWithoutExtension(File?.FileName);
        document.Title = read.Required(nameof(Title), "Title", named, 120);
        document.Category = read.OneOf(nameof(Category), "Category", Category, Document.Categories) ?? "other";
        document.Dated = read.Past(nameof(Dated), "Date", Dated) ?? read.Today;
    }
}
