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
    public sealed record Model(ListPage<ConnectedProgram> Page, string Address, IReadOnlyList<DateTimeOffset> Keys, bool MayChangeKey);

    internal static readonly ListDefinition<ConnectedProgram> List = new("core.programs", "Programs")
    {
        Id = p => p.Id, Order = "name",
        Filters = [new("former", "Which", new Dictionary<string, string> { ["false"] = "Connected", ["true"] = "Cut off" },
            (v, _) => p => p.RevokedAt != null == (v == "true"))],
        Columns =
        [
            new("name", "Name", p => p.Name) { Sort = p => p.Name, Main = true, Href = p => $"/admin/programs/edit/{p.Id}" },
            new("kind", "Kind", p => ProgramKinds.Title(p.Kind)) { Optional = 1 },
            new("may", "May do", p => Said.Many(p.Scopes.Length, "thing")) { Right = true },
            new("rate", "Requests a minute", p => p.RequestsPerMinute) { Right = true, Optional = 1 },
            new("used", "Last used", p => p.LastUsedAt) { Sort = p => p.LastUsedAt, Marks = p => p.LastUsedAt is null ? [new("Never")] : [] },
            new("made", "Connected", p => p.CreatedAt) { Sort = p => p.CreatedAt, Optional = 1 },
            new("by", "Connected by", p => p.CreatedBy) { Optional = 1 },
        ],
    };

    [HttpGet("/admin/programs")]
    [Needs("core.programs.manage")]
    public Task<IActionResult> Get([FromServices] ProgramAdmin admin, ListQuery query, CancellationToken ct) =>
        ListAsync(List, db.Programs.AsNoTracking(), query, async page =>
    {
        var valid = await keys.ValidAsync(scope.Practice, null, ct);
        return new Model(page, AccessTokens.Issuer(scope.Practice, Request), [.. valid.Select(k => k.SignsFrom).OrderDescending()],
            await admin.FaultOverAllAsync(ct) is null);
    }, ct);

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
