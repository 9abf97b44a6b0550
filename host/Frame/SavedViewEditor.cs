using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Callers;
using Modular.Sdk;

namespace Modular.Host.Frame;

/// <summary>A person's saved filters of one list: name the present ones, take old ones out.</summary>
[OpenTo(Audience.SignedIn, "Everybody keeps their own views; what a list shows is the list's own permission.")]
public sealed class SavedViewEditor(SavedViews views) : Slice
{
    [HttpGet("/saved-views")]
    public async Task<IActionResult> Get(SavedViewForm form, CancellationToken ct)
    {
        ModelState.Clear();
        return Page(await WithAsync(form, ct));
    }

    [HttpPost("/saved-views")]
    public async Task<IActionResult> Post(SavedViewForm form, CancellationToken ct)
    {
        if (!ModelState.IsValid)
        {
            return Invalid(await WithAsync(form, ct));
        }

        if (!await views.SaveAsync(form.List, form.Name!, form.Query ?? "", ct))
        {
            Refuse(nameof(form.Name), $"You have {SavedViews.Most} views of this list. Remove one first.");
            return Invalid(await WithAsync(form, ct));
        }

        return Done(form.Address, $"Saved as “{form.Name}”");
    }

    [HttpPost("/saved-views/remove")]
    public async Task<IActionResult> Remove(Guid id, SavedViewForm form, CancellationToken ct)
    {
        await views.RemoveAsync(id, ct);
        return Done(form.Address, "View removed");
    }

    private async Task<SavedViewForm> WithAsync(SavedViewForm form, CancellationToken ct)
    {
        form.Views = await views.OfAsync(form.List ?? "", ct);
        return form;
    }
}

public sealed class SavedViewForm
{
    [StringLength(80)]
    public string List { get; set; } = "";

    [StringLength(60)]
    public string Name { get; set; } = "";

    [StringLength(2000)]
    public string? Query { get; set; }

    /// <summary>The list's own path.</summary>
    public string Path { get; set; } = "/";

    [Microsoft.AspNetCore.Mvc.ModelBinding.Validation.ValidateNever]
    public IReadOnlyList<SavedView> Views { get; set; } = [];

    public string Address => LocalReturn.Or(Path + (string.IsNullOrEmpty(Query) ? "" : $"?{Query}"), "/");
}
