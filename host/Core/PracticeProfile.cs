using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Assets;
using Modular.Sdk;

namespace Modular.Host.Core;

/// <summary>Name, address, zone and look of the practice.</summary>
public sealed class PracticeProfile(CoreDb db, CoreChanges changes, IFiles files, AssetStore assets) : Slice
{
    public sealed class Form : IEditForm<Profile>
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

        [BindNever, ValidateNever]
        public Guid? LogoId { get; set; }

        [BindNever, ValidateNever]
        public IEnumerable<SelectListItem> Themes { get; set; } = [];

        public void Show(Profile p) =>
            (Name, Zone, Phone, Address, City, State, Zip, Theme) = (p.Name, p.Zone, p.Phone, p.Address, p.City, p.State, p.Zip, p.Theme);

        public void Write(Profile p, Reading read)
        {
            (p.Name, p.Zone, p.Phone, p.Address, p.City, p.State, p.Zip, p.Theme) =
                (Name.Trim(), Zone, Phone, Address, City, State, Zip?.Replace("-", ""), Theme);
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
            {
                read.Refuse(nameof(Zone), "Choose a time zone from the list.");
            }
        }
    }

    [HttpGet("/admin/practice")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Get(CancellationToken ct) => await Row.ShowAsync(await IdAsync(ct), ct);

    [HttpPost("/admin/practice")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Post(Form form, CancellationToken ct) => await Row.SaveAsync(await IdAsync(ct), form, ct);

    private Task<Guid> IdAsync(CancellationToken ct) => db.Profile.Select(p => p.Id).SingleAsync(ct);

    private Edit<Profile, Form> Row => new(this, db)
    {
        What = "profile",
        Model = (profile, form, _) =>
        {
            form.LogoId = profile!.LogoId;
            form.Themes = assets.Themes.Values.OrderBy(t => t.Name).Select(t => new SelectListItem(t.Name, t.Id));
            return Task.FromResult<object>(form);
        },
        Save = SaveAsync,
        Saved = _ => Done("/admin/practice", "Practice profile saved"),
    };

    private async Task SaveAsync(Profile profile, Form form, Reading read, CancellationToken ct)
    {
        if (!assets.Themes.ContainsKey(profile.Theme))
        {
            read.Refuse(nameof(Form.Theme), "Choose a theme from the list.");
            return;
        }

        try
        {
            await using var write = await db.BeginWriteAsync(ct);
            if (form.Logo is { Length: > 0 } logo)
            {
                await using var content = logo.OpenReadStream();
                var stored = await files.SaveAsync(content, logo.FileName, new("core.practice.manage", What: "logo"), ct);
                if (!stored.Type.StartsWith("image/", StringComparison.Ordinal))
                {
                    read.Refuse(nameof(Form.Logo), "A logo is a PNG or JPEG picture.");
                    return;
                }

                profile.LogoId = stored.Id;
            }

            await changes.CommitAsync(write, ct, profile);
        }
        catch (FileRefusedException e)
        {
            read.Refuse(nameof(Form.Logo), e.Message);
        }
    }
}
