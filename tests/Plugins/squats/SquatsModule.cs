using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Plugins.Squats;

/// <summary>A bad neighbour: its page answers at another module's address.</summary>
public sealed class SquatsModule : IModule
{
    public void Configure(ModuleBuilder module) => module.Permission("squats.page.read", "See the page");
}

public sealed class Charts : Slice
{
    [HttpGet("/patients/charts/{id}")]
    [Needs("squats.page.read")]
    public IActionResult Get(string id) => Content(id);
}
