using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Acknowledgements;

/// <summary>The next version of a document, as a text or a PDF. Everybody signs again, unless it is a small correction.</summary>
[Needs(DocumentKinds.Manage)]
public sealed class PublishVersion(AcknowledgementsDb db, DocumentKinds kinds, DocumentPublisher publisher, RequiredReaders readers, IFiles files)
    : Slice
{
    public sealed class Form : IEditForm<ReadingDocument>
    {
        public int Version { get; set; }
        public string? Body { get; set; }
        public IFormFile? File { get; set; }
        public bool Small { get; set; }
        public string? Change { get; set; }

        [BindNever, ValidateNever]
        public string Name { get; set; } = "";

        [BindNever, ValidateNever]
        public int Next { get; set; }

        public void Show(ReadingDocument document)
        {
        }

        /// <summary>The document gets its new version in the write, from what is judged here.</summary>
        public void Write(ReadingDocument document, Reading read)
        {
            var file = File is { Length: > 0 };
            Change = read.Text(nameof(Change), "What changed", Change, 300);
            if (string.IsNullOrWhiteSpace(Body) != file)
            {
                read.Refuse(nameof(Body), file ? "Give the text or a file, not both: empty this field to publish the file."
                    : "Type the text, or choose a PDF.");
            }
            else if (Body?.Length > DocumentPublisher.LongestText)
            {
                read.Refuse(nameof(Body),
                    $"The text has {Said.Count(Body.Length)} letters; at most {Said.Count(DocumentPublisher.LongestText)} fit. Publish a PDF.");
            }

            if (Body?.Contains('\0', StringComparison.Ordinal) == true)
            {
                read.Refuse(nameof(Body), "The text has a letter that cannot be kept. Type it again.");
            }

            if (Change is { Length: < 3 } || (document.Current > 0 && Change is null))
            {
                read.Refuse(nameof(Change), Small ? "Say why nobody has to sign again." : "Say in a few words what changed.");
            }

            if (Small && document.Current == 0)
            {
                read.Refuse(nameof(Small), "The first version is no correction.");
            }
        }
    }

    [HttpGet("/acknowledgements/publish/{id:guid}")]
    public Task<IActionResult> Get(Guid id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/acknowledgements/publish/{id:guid}")]
    public Task<IActionResult> Post(Guid id, Form form, CancellationToken ct) => Row.SaveAsync(id, form, ct);

    private Edit<ReadingDocument, Form> Row
    {
        get
        {
            string[] of = [.. kinds.Managed.Keys];
            return new(this, db)
            {
                What = "document",
                Acts = true,
                Rows = db.Documents.Where(d => of.Contains(d.Kind) && d.WithdrawnAt == null),
                AlsoShow = async (document, form, ct) => form.Body =
                    await db.Versions.Where(v => v.DocumentId == document.Id && v.Number == document.Current)
                        .Select(v => v.Body).FirstOrDefaultAsync(ct),
                Model = (document, form, _) =>
                {
                    (form.Name, form.Next) = (document!.Name, document.Current + 1);
                    return Task.FromResult<object>(form);
                },
                Check = TakeAsync,
                After = (document, ct) => readers.AskAsync(document.Id, ct),
                Saved = document => Done($"/acknowledgements/show/{document.Id}", document.Current == document.Asking
                    ? $"Version {document.Current} is published. Everybody who has to read it has a task."
                        : $"Version {document.Current} is published. Nobody has to sign again."),
            };
        }
    }

    private async Task TakeAsync(ReadingDocument document, Form form, Reading read, CancellationToken ct)
    {
        try
        {
            await publisher.AddAsync(document, form.File is { Length: > 0 } file
                ? publisher.File(document, await KeptAsync(file, ct), form.Small, form.Change)
                : publisher.Text(document, form.Body!, form.Small, form.Change), ct);
        }
        catch (FileRefusedException e)
        {
            read.Refuse(nameof(Form.File), e.Message);
        }
    }

    private async Task<StoredFile> KeptAsync(IFormFile file, CancellationToken ct)
    {
        await using var content = file.OpenReadStream();
        var stored = await files.SaveAsync(content, file.FileName, new(DocumentKinds.Manage, What: "document to read") { OwnPageOnly = true }, ct);
        return stored.Type == "application/pdf" ? stored : throw new FileRefusedException("A document to read is a PDF, or a text.");
    }
}
