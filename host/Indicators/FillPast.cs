using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Indicators;

/// <summary>Has the past of a module's indicators counted, from a day on; done again it comes to the same.</summary>
[Needs(IndicatorPermissions.Manage)]
public sealed class FillPast(IndicatorFill fill, KnownIndicators known, Authority authority) : Slice
{
    public sealed class Form
    {
        public string? Module { get; set; }

        /// <summary>Empty for the first day of which there is anything.</summary>
        public DateOnly? From { get; set; }
    }

    public sealed record Model(Form Form, IReadOnlyList<SelectListItem> Modules);

    [HttpGet("/indicators/fill")]
    public IActionResult Get() => Page(ModelOf(new()));

    [HttpPost("/indicators/fill")]
    public async Task<IActionResult> Post([Bind(Prefix = "Form")] Form form, CancellationToken ct)
    {
        // All places are counted.
        if (authority.FaultAt(null) is { } fault)
        {
            Refuse("", fault);
        }

        if (known.Sources.All(s => s.Module.Id != form.Module))
        {
            Refuse("Form.Module", "Choose a module from the list.");
        }

        if (!ModelState.IsValid)
        {
            return Invalid(ModelOf(form));
        }

        return await fill.BeginAsync(form.Module!, form.From, ct) is { } work ? Onward($"/progress/{work}")
            : Done("/indicators", "There is nothing to count in the past of this module yet.");
    }

    private Model ModelOf(Form form) => new(form,
        [.. known.Sources.Where(s => s.CountsPast).Select(s => s.Module).DistinctBy(m => m.Id)
            .Select(m => new SelectListItem(m.Manifest.Name, m.Id))]);
}
