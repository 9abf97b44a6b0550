using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Plugins.Exposes;

/// <summary>A bad neighbour: what it offers programs forgets to say which of them may ask.</summary>
public sealed class ExposesModule : IModule
{
    public void Configure(ModuleBuilder module)
    {
    }
}

public sealed class PatientsApi : ApiSlice
{
    [HttpGet("/api/exposes/patients")]
    public IActionResult List() => Ok(new[] { "every patient" });
}
