using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Settings;

/// <summary>Edits one module's settings, for the practice, or what one location has apart.</summary>
public sealed class EditSettings(SettingsCatalog catalog, SettingsCache cache, SettingsEditor editor, Secrets secrets, Authority authority, ScopeContext scope) : Slice
{
    /// <param name="Typed">Texts of the form by field name.</param>
    /// <param name="Apart">Fields that the location has apart.</param>
    public sealed record Model(
        string Module,
        string Title,
        Guid? Location,
        IReadOnlyList<Location> Locations,
        int Version,
        IReadOnlyList<SettingField> Fields,
        IReadOnlyDictionary<string, string> Typed,
        IReadOnlySet<string> Apart,
        IReadOnlyList<KeptSecret> Secrets);

    [HttpGet("/admin/settings/{module}")]
    [Needs("core.settings.manage")]
    public async Task<IActionResult> Get(string module, Guid? location, CancellationToken ct) =>
        await LoadAsync(module, location, ct) is { } model ? Page(model) : NotFound();

    [HttpPost("/admin/settings/{module}")]
    [Needs("core.settings.manage")]
    public async Task<IActionResult> Post(string module, Guid? location, int version, [FromForm] IFormCollection form, CancellationToken ct)
    {
        if (await LoadAsync(module, location, ct) is not { } model)
        {
            return NotFound();
        }

        var body = Read(model, form);
        Validate(catalog.Find(module)!.Value.Declared.Record, body);
        model = model with { Typed = model.Fields.ToDictionary(f => f.Name, f => form[f.Name].ToString()) };
        if (!ModelState.IsValid)
        {
            return Invalid(model);
        }

        if (!await editor.SaveAsync(module, location, body, version, ct))
        {
            Refuse("", "Somebody else saved these settings since you opened them. Open the page again to see theirs.");
            return Invalid(model);
        }

        return Done($"/admin/settings/{module}{(location is null ? "" : $"?location={location}")}", "Settings saved");
    }

    private JsonObject Read(Model model, IFormCollection form)
    {
        var body = new JsonObject();
        // A location holds only what it has apart, so that the rest follows the practice.
        foreach (var field in model.Fields.Where(f => model.Location is null || form[$"apart.{f.Name}"].ToString().StartsWith("true", StringComparison.Ordinal)))
        {
            var (value, fault) = field.Read(form[field.Name].ToString());
            if (fault is null)
            {
                body[field.Name] = value;
            }
            else
            {
                Refuse(field.Name, fault);
            }
        }

        return body;
    }

    private void Validate(Type record, JsonObject body)
    {
        var value = body.Deserialize(record, SettingsCache.Json)!;
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(value, new(value), faults, validateAllProperties: true);
        foreach (var fault in faults)
        {
            var member = fault.MemberNames.FirstOrDefault() ?? "";
            Refuse(member.Length == 0 ? "" : char.ToLowerInvariant(member[0]) + member[1..], fault.ErrorMessage!);
        }
    }

    /// <summary>What another location has apart is none of theirs.</summary>
    private List<Location> Places => [.. scope.Practice.Locations.Where(l => authority.FaultAt(l.Id) is null)];

    private async Task<Model?> LoadAsync(string module, Guid? location, CancellationToken ct)
    {
        if (!scope.Practice.IsOn(module) || catalog.Find(module) is not { } found
            || (location is { } id && Places.All(l => l.Id != id)))
        {
            return null;
        }

        var fields = SettingField.Of(found.Declared.Record).Where(f => location is null || !f.IsFeature).ToList();
        var (body, version) = await editor.StoredAsync(module, location, ct);
        var current = await cache.GetAsync(scope.Practice, found.Declared.Record, location, ct);
        return new(module, found.Declared.Title, location, Places, version, fields,
            fields.ToDictionary(f => f.Name, f => f.Text(current)), body.Select(p => p.Key).ToHashSet(),
            location is null ? await secrets.KeptAsync(module, ct) : []);
    }
}
