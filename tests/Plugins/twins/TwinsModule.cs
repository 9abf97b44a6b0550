using Microsoft.AspNetCore.Razor.Hosting;
using Modular.Plugins.Twins;
using Modular.Sdk;

// As letter.cshtml beside Letter.cshtml would be built: two files for Linux, one path for MVC.
[assembly: RazorCompiledItem(typeof(OtherLetter), "mvc.1.0.view", "/Pages/letter.cshtml")]

namespace Modular.Plugins.Twins;

/// <summary>A bad neighbour: two of its views have one path, and the first would win silently.</summary>
public sealed class TwinsModule : IModule
{
    public void Configure(ModuleBuilder module)
    {
    }
}

public sealed class OtherLetter;
