using System.Security.Cryptography;
using System.Text;
using Modular.Host.Callers;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Programs;
using Modular.Host.Rights;
using Modular.Sdk;
using Npgsql;
using NpgsqlTypes;

namespace Modular.Host.Audit;

/// <summary>Where the person was: the page's route template, or the system's name for a message or job. Never an address, which holds ids.</summary>
public sealed class AuditPlace(IHttpContextAccessor http, ScopeContext scope)
{
    public string Name => http.HttpContext?.GetEndpoint() is RouteEndpoint endpoint
        ? "/" + endpoint.RoutePattern.RawText?.TrimStart('/')
        : scope.Actor.Name;

    public string? Session => http.HttpContext?.RequestServices.GetService<CurrentSession>()?.Session?.Id.ToString()
        ?? http.HttpContext?.RequestServices.GetService<CurrentProgram>()?.TokenId;
}
