using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Acknowledgements;

/// <summary>Name of a document, who has to read it and within how many days; a new one when the address has no id.</summary>
[Needs(DocumentKinds.Manage)]
public sealed class EditReadingDocument(AcknowledgementsDb db, PeopleDb people, DocumentKinds kinds, RequiredReaders readers, IPractice practice)
    : Slice
{
    public sealed class Form : IEditForm<ReadingDocument>
    {
        public int Version { get; set; }
        public string? Kind { get; set; }
        public string? Name { get; set; }
        public bool Everybody { get; set; }
        public List<string> Roles { get; set; } = [];
        public List<Guid> LocationIds { get; set; } = [];
        public List<Guid> PersonIds { get; set; } = [];
        public int? Days { get; set; }

        [BindNever, ValidateNever]
        public Offered From { get; set; } = new([], [], [], []);

        public void Show(ReadingDocument d) => (Kind, Name, Everybody, Roles, LocationIds, PersonIds, Days) =
            (d.Kind, d.Name, d.Everybody, [.. d.Roles], [.. d.LocationIds], [.. d.PersonIds], d.Days);

        public void Write(ReadingDocument d, Reading read)
        {
            d.Name = read.Required(nameof(Name), "Name", Name, 120);
            (d.Everybody, d.Days) = (Everybody, Days ?? 0);
            (d.Roles, d.LocationIds, d.PersonIds) = ([.. Roles.Distinct()], [.. LocationIds.Distinct()], [.. PersonIds.Distinct()]);
            if (d.Kind.Length == 0)
            {
                d.Kind = From.Kinds.Exists(k => k.Value == Kind) ? Kind! : "";
                if (d.Kind.Length == 0)
                {
                    read.Refuse(nameof(Kind), "Choose what kind of document it is.");
                }
            }

            if (Days is null or < 1 or > 365)
            {
                read.Refuse(nameof(Days), "Give the days to read it, 1 to 365.");
            }

            if (!Everybody && Roles.Count == 0 && PersonIds.Count == 0)
            {
                read.Refuse(nameof(Everybody), "Say who has to read it: everybody, people of some roles, or single people.");
            }

            if (Strange(Roles, From.Roles) || Strange(LocationIds.ConvertAll(l => $"{l}"), From.Locations)
                || Strange(PersonIds.ConvertAll(p => $"{p}"), From.People))
            {
                read.Refuse("", "Choose roles, locations and people of the lists.");
            }
        }

        private static bool Strange(List<string> chosen, List<SelectListItem> offered) => chosen.Exists(c => offered.TrueForAll(o => o.Value != c));
    }

    public sealed record Offered(List<SelectListItem> Kinds, List<SelectListItem> Roles, List<SelectListItem> Locations, List<SelectListItem> People);

    [HttpGet("/acknowledgements/edit/{id:guid?}")]
    public async Task<IActionResult> Get(Guid? id, CancellationToken ct) => await (await RowAsync(ct)).ShowAsync(id, ct);

    [HttpPost("/acknowledgements/edit/{id:guid?}")]
    public async Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct)
    {
        var row = await RowAsync(ct);
        form.From = await OfferedAsync(ct);
        return await row.SaveAsync(id, form, ct);
    }

    private async Task<Edit<ReadingDocument, Form>> RowAsync(CancellationToken ct)
    {
        string[] of = [.. kinds.Managed.Keys];
        var offered = await OfferedAsync(ct);
        return new(this, db)
        {
            What = "document",
            Rows = db.Documents.Where(d => of.Contains(d.Kind)),
            New = () => new() { Key = $"{Guid.CreateVersion7()}" },
            Blank = () => new() { Kind = offered.Kinds.FirstOrDefault()?.Value, Everybody = true, Days = 14 },
            Model = (_, form, _) =>
            {
                form.From = offered;
                return Task.FromResult<object>(form);
            },
            After = (document, token) => readers.AskAsync(document.Id, token),
            Saved = document => Done(document.Current == 0 ? $"/acknowledgements/publish/{document.Id}" : $"/acknowledgements/show/{document.Id}",
                document.Current == 0 ? $"{document.Name} saved. Publish its first version." : $"{document.Name} saved."),
        };
    }

    private async Task<Offered> OfferedAsync(CancellationToken ct) => new(
        [.. kinds.Managed.Select(k => new SelectListItem(k.Value, k.Key))],
        [.. Sdk.Roles.All.Select(r => new SelectListItem(Sdk.Roles.Title(r), r)),
            .. await people.Roles.AsNoTracking().OrderBy(r => r.Name).Select(r => new SelectListItem(r.Name, r.Id.ToString())).ToListAsync(ct)],
        [.. practice.Locations.Select(l => new SelectListItem(l.Name, l.Id.ToString()))],
        await people.People.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Name).Select(p => new SelectListItem(p.Name, p.Id.ToString()))
            .ToListAsync(ct));
}
