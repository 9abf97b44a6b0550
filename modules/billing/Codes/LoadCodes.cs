using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Codes;

/// <summary>Takes an edition of a code set from its publisher's file, and shows those that were taken before.</summary>
public sealed class LoadCodes(BillingDb db, CodeLoader loader) : Slice
{
    /// <summary>Twice the largest part of the NCCI file.</summary>
    private const long LargestFile = 250L * 1024 * 1024;

    public sealed class Form
    {
        [Required(ErrorMessage = "Choose what the file holds.")]
        public string? Kind { get; set; }

        [Required(ErrorMessage = "Type the first day of the edition.")]
        public DateOnly? EffectiveOn { get; set; }

        [Required(ErrorMessage = "Choose the file.")]
        public IFormFile? File { get; set; }
    }

    public sealed record Model(Form Form, ListPage<CodeLoad> Loads)
    {
        public IEnumerable<SelectListItem> Kinds => CodeFiles.All.Select(k => new SelectListItem(k.Value.Title, k.Key));
    }

    internal static readonly ListDefinition<CodeLoad> List = new("billing.code-loads", "Files loaded before")
    {
        Id = l => l.Id,
        Order = "-loaded",
        Columns =
        [
            new("file", "File", l => l.FileName) { Main = true, Sort = l => l.FileName, Href = l => $"/billing/codes/load/{l.Id}",
                Marks = l => l.Canceled ? [new("Stopped", "warn")] : [] },
            new("what", "What it holds", l => CodeFiles.All[l.Kind].Title) { Sort = l => l.Kind },
            new("effective", "In effect from", l => l.EffectiveOn) { Sort = l => l.EffectiveOn },
            new("lines", "Entries", l => l.Lines) { Right = true },
            new("added", "Added", l => l.Added) { Right = true, Optional = 1 },
            new("changed", "Changed", l => l.Changed) { Right = true, Optional = 1 },
            new("ended", "Ended", l => l.Ended) { Right = true, Optional = 1 },
            new("loaded", "Loaded", l => l.LoadedAt) { Sort = l => l.LoadedAt },
            new("by", "By", l => l.LoadedBy) { Optional = 2 },
        ],
    };

    [HttpGet("/billing/codes/load")]
    [Needs(BillingPermissions.Setup)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) =>
        ListAsync(List, db.CodeLoads.AsNoTracking(), query, page => Task.FromResult<object>(new Model(new(), page)), ct);

    [HttpPost("/billing/codes/load")]
    [Needs(BillingPermissions.Setup)]
    [RequestSizeLimit(LargestFile)]
    [RequestFormLimits(MultipartBodyLengthLimit = LargestFile)]
    public async Task<IActionResult> Post([Bind(Prefix = "Form")] Form form, CancellationToken ct)
    {
        if (form.Kind is { } kind && !CodeFiles.All.ContainsKey(kind))
        {
            Refuse("Form.Kind", "Choose what the file holds.");
        }

        if (ModelState.IsValid && await db.CodeLoads.Where(l => l.Kind == form.Kind && !l.Canceled && l.EffectiveOn > form.EffectiveOn)
            .OrderByDescending(l => l.EffectiveOn)
                .Select(l => (DateOnly?)l.EffectiveOn).FirstOrDefaultAsync(ct) is { } later)
        {
            Refuse("Form.EffectiveOn",
                $"The edition of {later:MM/dd/yyyy} is loaded already. Editions are loaded in the order of their days, the oldest first.");
        }

        if (!ModelState.IsValid)
        {
            return await AgainAsync(form, ct);
        }

        try
        {
            await using var content = form.File!.OpenReadStream();
            var load = await loader.StoreAsync(form.Kind!, form.EffectiveOn!.Value, form.File.FileName, content, ct);
            return Done($"/billing/codes/load/{load.Id}", $"{load.FileName} is read: {load.Lines:N0} entries are being taken over.");
        }
        catch (CodeLineException line)
        {
            Refuse("Form.File", $"{line.Message} Nothing was loaded.");
        }
        catch (Exception e) when (db.Explain(e) is { } refused)
        {
            Refuse(refused.Field, refused.Sentence);
        }

        db.ChangeTracker.Clear();
        return await AgainAsync(form, ct);
    }

    private async Task<IActionResult> AgainAsync(Form form, CancellationToken ct)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await ListAsync(List, db.CodeLoads.AsNoTracking(), new ListQuery(), page => Task.FromResult<object>(new Model(form, page)), ct);
    }
}
