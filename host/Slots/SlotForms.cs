using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Slots;

/// <summary>Takes what was typed into fields that modules put into another module's form, in the scope and the transaction of its own write.</summary>
public sealed class SlotForms(SlotRenderer slots, IServiceProvider services, ILogger<SlotForms> log)
{
    /// <returns>False when something could not be read or was refused; the page's model state says what, beside its field.</returns>
    public async Task<bool> TakeAsync(Controller page, SlotContext about, CancellationToken ct)
    {
        foreach (var panel in slots.Panels(about))
        {
            await TakeAsync(page, panel, about, ct);
        }

        return page.ModelState.IsValid;
    }

    /// <summary>One panel's alone.</summary>
    public async Task<bool> TakeAsync(Controller page, PlacedPanel panel, SlotContext about, CancellationToken ct)
    {
        // A panel that came late, or not at all, has asked nothing.
        if (panel.Prefix is { } prefix && page.Request.Form.Keys.Any(key => key.StartsWith($"{prefix}.", StringComparison.Ordinal)))
        {
            await TakeAsync(page, panel, prefix, about, ct);
        }

        return page.ModelState.IsValid;
    }

    private async Task TakeAsync(Controller page, PlacedPanel panel, string prefix, SlotContext about, CancellationToken ct)
    {
        var fields = (ISlotForm)ActivatorUtilities.CreateInstance(services, panel.Declared.Panel);
        var form = Activator.CreateInstance(fields.Form)!;
        if (!await page.TryUpdateModelAsync(form, fields.Form, prefix))
        {
            return;
        }

        try
        {
            foreach (var refusal in await fields.TakeAsync(about, form, ct))
            {
                page.ModelState.AddModelError(refusal.Field.Length == 0 ? "" : $"{prefix}.{refusal.Field}", refusal.Sentence);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Contained on purpose: another module's fault is said, and nothing is half saved.
            log.LogError(e, "The form of the panel {Panel} failed", panel.Key);
            var name = panel.Module.Manifest.Name;
            page.ModelState.AddModelError("", $"{name} could not save its part, so nothing was saved. Empty its fields to go on without it, or try again.");
        }
    }
}
