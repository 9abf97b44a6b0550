using Microsoft.AspNetCore.Http;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Documents;

public sealed class DocumentForm
{
    public int Version { get; set; }
    public IFormFile? File { get; set; }
    public string? Title { get; set; }
    public string? Category { get; set; } = "other";
    public string? Dated { get; set; }

    public static DocumentForm Of(Document d) => new() { Version = d.Version, Title = d.Title, Category = d.Category, Dated = Said.ShortDay(d.Dated) };

    public IReadOnlyList<FieldError> Apply(Document document, DateOnly today)
    {
        var read = new Reading(today);
        var named = Reading.Clean(Title) ?? Path.GetFileNameWithoutExtension(File?.FileName);
        document.Title = read.Required(nameof(Title), "Title", named, 120);
        document.Category = read.OneOf(nameof(Category), "Category", Category, Document.Categories) ?? "other";
        document.Dated = read.Past(nameof(Dated), "Date", Dated) ?? today;
        return read.Errors;
    }
}
