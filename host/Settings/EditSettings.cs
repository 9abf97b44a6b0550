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
        await LoadAsync(module, location, ct) is { } model ? Show(model, []) : NotFound();

    [HttpPost("/admin/settings/{module}")]
    [Needs("core.settings.manage")]
    public async Task<IActionResult> Post(string module, Guid? location, int version, [FromForm] IFormCollection form, CancellationToken ct)
    {
        if (await LoadAsync(module, location, ct) is not { } saved)
        {
            return NotFound();
        }

        var typed = Typed(saved, form);
        if (saved.Version != version && Differences(saved, typed) is { Count: > 0 } differences)
        {
            return Conflict(saved, typed, differences);
        }

        var body = Read(typed);
        Validate(catalog.Find(module)!.Value.Declared.Record, body);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Show(typed, []);
        }

        if (await editor.SaveAsync(module, location, body, saved.Version, ct))
        {
            return Done($"/admin/settings/{module}{(location is null ? "" : $"?location={location}")}", "Settings saved");
        }

        // Somebody saved between our read and our write.
        var theirs = (await LoadAsync(module, location, ct))!;
        return Conflict(theirs, typed, Differences(theirs, typed));
    }

    private ViewResult Show(Model model, IReadOnlyList<Difference> conflict) => ShowEdit(model, model, model.Version, conflict);

    private static IReadOnlyList<Difference> Differences(Model saved, Model typed) =>
        [.. saved.Fields.Where(f => Value(saved, f) != Value(typed, f)).Select(f => new Difference(f.Name, Value(saved, f), Value(typed, f)))];

    private ViewResult Conflict(Model saved, Model typed, IReadOnlyList<Difference> differences)
    {
        Refuse("", "Somebody else changed these settings after you opened the form. Both versions are below; nothing you typed is lost.");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Show(typed with { Version = saved.Version }, differences);
    }

    /// <summary>What was typed, and after a conflict what is saved where the person chose it.</summary>
    private static Model Typed(Model saved, IFormCollection form)
    {
        bool Theirs(SettingField field) => form[$"Theirs[{field.Name}]"] == "true";
        return saved with
        {
            Typed = saved.Fields.ToDictionary(f => f.Name, f => Theirs(f) ? saved.Typed[f.Name] : form[f.Name].ToString()),
            Apart = saved.Fields.Where(f => Theirs(f) ? saved.Apart.Contains(f.Name)
                : form[$"apart.{f.Name}"].ToString().StartsWith("true", StringComparison.Ordinal))
                .Select(f => f.Name).ToHashSet(),
        };
    }

    /// <summary>As both versions show it: a field that a location does not have apart follows the practice.</summary>
    private static string Value(Model model, SettingField field) =>
        model.Location is not null && !model.Apart.Contains(field.Name) ? "as the practice" : field.InWords(model.Typed[field.Name]);

    private JsonObject Read(Model typed)
    {
        var body = new JsonObject();
        // A location holds only what it has apart, so that the rest follows the practice.
        foreach (var field in typed.Fields.Where(f => typed.Location is null || typed.Apart.Contains(f.Name)))
        {
            var (value, fault) = field.Read(typed.Typed[field.Name]);
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
