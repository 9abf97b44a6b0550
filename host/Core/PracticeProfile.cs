using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Assets;
using Modular.Sdk;

namespace Modular.Host.Core;

/// <summary>Name, address, zone and look of the practice.</summary>
public sealed class PracticeProfile(CoreDb db, CoreChanges changes, IFiles files, AssetStore assets) : Slice
{
    public sealed class Form
    {
        public int Version { get; set; }

        [Required(ErrorMessage = "Give the practice's name."), StringLength(120)]
        public string Name { get; set; } = "";

        [Required]
        public string Zone { get; set; } = "";

        [StringLength(30)]
        public string? Phone { get; set; }

        [StringLength(120)]
        public string? Address { get; set; }

        [StringLength(80)]
        public string? City { get; set; }

        [RegularExpression("^[A-Z]{2}$", ErrorMessage = "Use the two-letter state, such as OH.")]
        public string? State { get; set; }

        [RegularExpression("^[0-9]{5}(-?[0-9]{4})?$", ErrorMessage = "A ZIP code has five or nine digits.")]
        public string? Zip { get; set; }

        public string Theme { get; set; } = "default";

        public IFormFile? Logo { get; set; }

        public Guid? LogoId { get; set; }

        public IEnumerable<SelectListItem> Themes { get; set; } = [];
    }

    [HttpGet("/admin/practice")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Get(CancellationToken ct)
    {
        var profile = await db.Profile.SingleAsync(ct);
        return Page(Fill(new Form
        {
            Version = profile.Version, Name = profile.Name, Zone = profile.Zone,
            Phone = profile.Phone, Address = profile.Address, City = profile.City, State = profile.State, Zip = profile.Zip,
            Theme = profile.Theme, LogoId = profile.LogoId,
        }));
    }

    [HttpPost("/admin/practice")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Post(Form form, CancellationToken ct)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(form.Zone ?? "", out _))
        {
            Refuse(nameof(Form.Zone), "Choose a time zone from the list.");
        }

        if (!assets.Themes.ContainsKey(form.Theme ?? ""))
        {
            Refuse(nameof(Form.Theme), "Choose a theme from the list.");
        }

        if (!ModelState.IsValid)
        {
            return Invalid(Fill(form));
        }

        var profile = await db.Profile.SingleAsync(ct);
        if (profile.Version != form.Version)
        {
            Refuse("", $"{await WhoChangedAsync(profile.Id, ct)} changed the profile while you typed. Open this page again to see their version; nothing of yours was saved.");
            return Invalid(Fill(form));
        }

        profile.Name = form.Name.Trim();
        profile.Zone = form.Zone!;
        profile.Phone = form.Phone;
        profile.Address = form.Address;
        profile.City = form.City;
        profile.State = form.State;
        profile.Zip = form.Zip?.Replace("-", "");
        profile.Theme = form.Theme!;
        try
        {
            await using var write = await db.BeginWriteAsync(ct);
            if (form.Logo is { Length: > 0 } logo)
            {
                await using var content = logo.OpenReadStream();
                var stored = await files.SaveAsync(content, logo.FileName, new("core.practice.manage", What: "logo"), ct);
                if (!stored.Type.StartsWith("image/", StringComparison.Ordinal))
                {
                    Refuse(nameof(Form.Logo), "A logo is a PNG or JPEG picture.");
                    return Invalid(Fill(form));
                }

                profile.LogoId = stored.Id;
            }

            await changes.CommitAsync(write, ct, profile);
        }
        catch (FileRefusedException e)
        {
            Refuse(nameof(Form.Logo), e.Message);
            return Invalid(Fill(form));
        }

        return Done("/admin/practice", "Practice profile saved");
    }

    private Form Fill(Form form)
    {
        form.Themes = assets.Themes.Values.OrderBy(t => t.Name).Select(t => new SelectListItem(t.Name, t.Id));
        return form;
    }
}
