using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Plugins.Undeclared;

/// <summary>A bad neighbour: its page needs a permission that it forgot to declare, so nobody could ever be given it.</summary>
public sealed class UndeclaredModule : IModule
{
    public void Configure(ModuleBuilder module)
    {
    }
}

public sealed class Letters : Slice
{
    [HttpGet("/undeclared/letters")]
    [Needs("undeclared.letter.read")]
    public IActionResult Get() => Content("letters");
}
