using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;
using Npgsql;

namespace Modular.Referrals.Specialists;

/// <summary>Adds and changes a specialist. Names on referrals that are written stay as they were sent.</summary>
public sealed class EditSpecialist(ReferralsDb db) : Slice
{
    public sealed class Form : SpecialistFields
    {
        public int Version { get; set; }

        [StringLength(120)]
        public string Name { get; set; } = "";

        public bool Active { get; set; } = true;
    }

    public sealed record Model(Guid? Id, Form Form);

    [HttpGet("/referrals/specialists/edit/{id:guid?}")]
    [Needs(ReferralsPermissions.Setup)]
    public async Task<IActionResult> Get(Guid? id, CancellationToken ct)
    {
        if (id is null)
        {
            return Page(new Model(null, new()));
        }

        return await db.Specialists.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, ct) is { } s
            ? Page(new Model(id, new()
            {
                Version = s.Version, Name = s.Name, Organization = s.Organization, Specialty = s.Specialty, Npi = s.Npi, Phone = s.Phone, Fax = s.Fax, Address = s.Address, Active = s.Active,
            }))
            : NotFound();
    }

    [HttpPost("/referrals/specialists/edit/{id:guid?}")]
    [Needs(ReferralsPermissions.Setup)]
    public async Task<IActionResult> Post(Guid? id, [Bind(Prefix = "Form")] Form form, CancellationToken ct)
    {
        var specialist = id is null ? new Specialist() : await db.Specialists.FirstOrDefaultAsync(s => s.Id == id, ct);
        if (specialist is null)
        {
            return NotFound();
        }

        if (id is not null && specialist.Version != form.Version)
        {
            Refuse("", $"{await WhoChangedAsync(specialist.Id, ct)} changed {specialist.Name} after you opened the form. What you typed is kept; open it again to see theirs.");
        }
        else if (form.Write(specialist, form.Name) is { } fault)
        {
            Refuse("Form.Npi", fault);
        }

        specialist.Active = form.Active;
        return ModelState.IsValid && await SaveAsync(specialist, id is null, ct) ? Done("/referrals/specialists", $"{specialist.Name} saved.") : Invalid(new Model(id, form));
    }

    private async Task<bool> SaveAsync(Specialist specialist, bool added, CancellationToken ct)
    {
        if (added)
        {
            db.Add(specialist);
        }

        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            Refuse("", "Somebody else saved this at the same moment. Open it again to see their version.");
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: { } name } && SpecialistNames.Sentence(name) is (var field, var sentence))
        {
            Refuse("Form." + field, sentence);
        }

        return false;
    }
}

/// <summary>What the database keeps apart, as the person is told.</summary>
public static class SpecialistNames
{
    public static (string Field, string Sentence)? Sentence(string constraint) => constraint switch
    {
        "specialists_npi_key" => ("Npi", "Another specialist of the list has this NPI."),
        "specialists_name" => ("Name", "This name of this practice is on the list already."),
        _ => null,
    };
}
