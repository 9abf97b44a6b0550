using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Plugins.Elder;

/// <summary>Brings a version of its own of a library that another module also brings.</summary>
public sealed class ElderModule : IModule
{
    public void Configure(ModuleBuilder module) => module.Permission("elder.version.read", "See the library's version", Roles.Manager);
}

public sealed class ReadVersion : Slice
{
    [HttpGet("/elder/version")]
    [Needs("elder.version.read")]
    public IActionResult Get() => Content(FileVersionInfo.GetVersionInfo(typeof(NodaTime.Instant).Assembly.Location).FileVersion!);
}
