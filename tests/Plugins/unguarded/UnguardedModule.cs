using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Plugins.Unguarded;

/// <summary>A bad neighbour: its page forgets to say who may open it.</summary>
public sealed class UnguardedModule : IModule
{
    public void Configure(ModuleBuilder module)
    {
    }
}

public sealed class Everything : Slice
{
    [HttpGet("/unguarded/everything")]
    public IActionResult Get() => Content("every patient");
}
