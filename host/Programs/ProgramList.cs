using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Keys;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Programs;

/// <summary>Programs that are connected to the practice.</summary>
public sealed class ProgramList(ProgramsDb db, SigningKeys keys, ScopeContext scope) : Slice
{
    /// <param name="Keys">From when each signing key signs, the newest first.</param>
    /// <param name="MayChangeKey">The present person may act upon every program whose tokens would end.</param>
    public sealed record Model(ListPage<ConnectedProgram> Page, bool Former, string Address, IReadOnlyList<DateTimeOffset> Keys, bool MayChangeKey);

    private static readonly SortColumns<ConnectedProgram> Columns = new()
    {
        ["name"] = p => p.Name,
        ["used"] = p => p.LastUsedAt,
        ["made"] = p => p.CreatedAt,
    };

    /// <param name="former">Those that were cut off.</param>
    [HttpGet("/admin/programs")]
    [Needs("core.programs.manage")]
    public async Task<IActionResult> Get([FromServices] ProgramAdmin admin, ListQuery query, bool former, CancellationToken ct)
    {
        var page = await db.Programs.AsNoTracking().Where(p => p.RevokedAt != null == former).PageAsync(query, Columns, "name", ct);
        var valid = await keys.ValidAsync(scope.Practice, null, ct);
        return Page(new Model(page, former, AccessTokens.Issuer(scope.Practice, Request), [.. valid.Select(k => k.SignsFrom).OrderDescending()], await admin.FaultOverAllAsync(ct) is null));
    }

    /// <summary>For when somebody may have got hold of the key.</summary>
    [HttpPost("/admin/programs/new-key")]
    [Needs("core.programs.manage"), StepUp]
    public async Task<IActionResult> NewKey([FromServices] ProgramAdmin admin, [FromServices] AuditTrail trail, [FromServices] Work work, CancellationToken ct)
    {
        if (await admin.FaultOverAllAsync(ct) is { } fault)
        {
            return Done("/admin/programs", fault);
        }

        await keys.ReplaceAsync(scope.Practice, ct);
        trail.Add(work, new(AuditTrail.Change, LoadedModule.CoreId, "signing key replaced", "signing_keys"));
        return Done("/admin/programs", "Tokens are signed with a new key. Those given before end within ten minutes.");
    }
}
