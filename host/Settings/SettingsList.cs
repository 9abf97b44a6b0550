using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Settings;

/// <summary>The settings of every enabled module.</summary>
public sealed class SettingsList(SettingsCatalog catalog, IPractice practice) : Slice
{
    public sealed record Row(string Module, string Name, string Title, int Values);

    [HttpGet("/admin/settings")]
    [Needs("core.settings.manage")]
    public IActionResult Get() => Page(catalog.All.Where(s => practice.IsOn(s.Module.Id))
        .Select(s => new Row(s.Module.Id, s.Module.Manifest.Name, s.Declared.Title, SettingField.Of(s.Declared.Record).Count)).ToList());
}
