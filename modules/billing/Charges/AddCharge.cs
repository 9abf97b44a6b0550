using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Encounters;
using Modular.Billing.Reactions;
using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Billing.Charges;

/// <summary>A service that no visit stands for: an injection by the nurse, a lab, a form. Its superbill opens next.</summary>
public sealed class AddCharge(BillingDb db, NewEncounter encounters, IMessageBus bus, ChosenLocation chosen) : Slice
{
    public sealed class Form
    {
        public Guid Key { get; set; }

        [Required(ErrorMessage = "Choose a patient from the list.")]
        public Guid? Patient { get; set; }
        public string? PatientName { get; set; }

        [Required(ErrorMessage = "Say what it was."), StringLength(300)]
        public string? What { get; set; }

        [Required(ErrorMessage = "Type the day of the service.")]
        public DateOnly? From { get; set; }
        public DateOnly? To { get; set; }
        public Guid? Rendering { get; set; }
        public string PlaceOfService { get; set; } = PlacesOfService.Office;

        [StringLength(80)]
        public string? Facility { get; set; }

        [BindNever, ValidateNever]
        public IReadOnlyList<KnownStaffMember> Providers { get; set; } = [];
    }

    [HttpGet("/billing/charges/add")]
    [Needs(BillingPermissions.Charge)]
    public async Task<IActionResult> Get([Patient("charge to enter")] Guid? patient, CancellationToken ct)
    {
        ModelState.Clear();
        var form = new Form { Key = Guid.CreateVersion7(), From = Today };
        if (patient is { } id && await Known.Patients.FindAsync(db, bus, id, ct) is { } known)
        {
            (form.Patient, form.PatientName) = (known.Id, known.Name);
        }

        return Page(await FilledAsync(form, ct));
    }

    [HttpPost("/billing/charges/add")]
    [Needs(BillingPermissions.Charge)]
    public async Task<IActionResult> Post(Form form, CancellationToken ct)
    {
        var patient = form.Patient is { } id ? await Known.Patients.FindAsync(db, bus, id, ct) : null;
        if (form.Patient is not null && patient is null)
        {
            Refuse(nameof(form.PatientName), "This patient is not known here yet. Wait a moment and choose them again.");
        }

        if (chosen.Location is null)
        {
            Refuse("", "Choose a location in the top bar first.");
        }

        if (form.From > Today || form.To > Today)
        {
            Refuse(nameof(form.From), "A service is charged once it was given, not before.");
        }

        if (!PlacesOfService.Usual.ContainsKey(form.PlaceOfService))
        {
            Refuse(nameof(form.PlaceOfService), "Choose one of these.");
        }

        var provider = form.Rendering is { } who ? await db.Providers.AsNoTracking().FirstOrDefaultAsync(p => p.Id == who && p.Active, ct) : null;
        if (form.Rendering is not null && provider is null)
        {
            Refuse(nameof(form.Rendering), "Choose a provider of the list.");
        }

        return ModelState.IsValid && await SaveAsync(form, patient!, provider, ct) is { } made ? Done(made.Url,
            $"Enter the charges of {made.PatientName}.")
            : Invalid(await FilledAsync(form, ct));
    }

    private DateOnly Today => WallTime.Today(Clock, chosen.Location?.Zone ?? "UTC");

    private async Task<Encounter?> SaveAsync(Form form, KnownPatient patient, KnownStaffMember? provider, CancellationToken ct)
    {
        try
        {
            await using var write = await db.BeginWriteAsync(ct);
            var (encounter, _) = await encounters.AddAsync(
                write, new(form.Key, "form", patient, chosen.Location!, provider, form.From!.Value, form.To ?? form.From!.Value,
                    Reading.Clean(form.What)!, form.PlaceOfService,
                    Reading.Clean(form.Facility)), ct);
            await db.SaveChangesAsync(ct);
            await write.CommitAsync(ct);
            return encounter;
        }
        catch (DbUpdateException e) when (db.Explain(e) is { } refused)
        {
            Accept([refused]);
            return null;
        }
    }

    private async Task<Form> FilledAsync(Form form, CancellationToken ct)
    {
        form.Providers = await db.Providers.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Name).ToListAsync(ct);
        return form;
    }
}
