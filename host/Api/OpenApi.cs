using Microsoft.AspNetCore.Mvc;
using Modular.Host.Installed;
using Modular.Host.Keys;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Api;

/// <summary>What each module offers programs: for the tools that make clients of it.</summary>
public sealed class OpenApi(InstalledModules modules, OpenApiDocument document, ScopeContext scope) : ApiSlice
{
    [HttpGet("/api/{module}/openapi.json")]
    [OpenTo(Audience.Anyone, "Says what addresses there are and holds nothing of the practice.")]
    public IActionResult Get(string module) => modules.Find(module) is { Runs: true } found && scope.Practice.IsOn(module)
        ? Ok(document.Of(found, AccessTokens.Issuer(scope.Practice, Request)))
        : Missing("There is no such module here.");
}
