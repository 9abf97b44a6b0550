using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Plugins.Younger;

/// <summary>Brings a version of its own of a library that another module also brings.</summary>
public sealed class YoungerModule : IModule
{
    public void Configure(ModuleBuilder module) => module.Permission("younger.version.read", "See the library's version", Roles.Manager);
}

public sealed class ReadVersion : Slice
{
    [HttpGet("/younger/version")]
    [Needs("younger.version.read")]
    public IActionResult Get() => Content(FileVersionInfo.GetVersionInfo(typeof(NodaTime.Instant).Assembly.Location).FileVersion!);
}
