using Microsoft.AspNetCore.Mvc;
using Modular.Host.Audit;
using Modular.Host.Callers;
using Modular.Host.Data;
using Modular.Host.Links;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Signatures.Public;

/// <summary>
/// Whoever signed at home opens the link again and has a copy, to print or as a PDF, until it ends. Of a screen that was handed over there is
/// none: the next one who holds it is somebody else.
/// </summary>
public sealed class CopyOfSignature(LinkGate gate, LinkProof proof, SignatureStore store, ScopeContext scope, AuditTrail trail, Work work)
    : PublicSlice
{
    public sealed record Model(SignatureRow Signature, PatientTexts Texts, DateOnly SignedOn, DateOnly Until);

    [HttpGet("/public/copy/{link}")]
    [PublicPage("Whoever signed something at home prints a copy of it.")]
    public async Task<IActionResult> Get(string link, CancellationToken ct)
    {
        if (await gate.FindAsync(HttpContext, link, used: true) is not var (found, kind))
        {
            return StatusCode(Response.StatusCode);
        }

        if (found.UsedAt is null || (found.BirthDigest is not null && !proof.Holds(HttpContext, found)))
        {
            return LocalRedirect(found.UsedAt is null ? $"{kind.Path}/{link}" : $"/public/prove/{link}");
        }

        if (await store.OfLinkAsync(found.Id, ct) is not { } row)
        {
            return Gone();
        }

        var language = PublicRequest.Of(HttpContext) is { Chosen: true } ? Visit.Language : found.Language;
        scope.Admit(new(language, null), new Actor { Name = $"{found.Recipient} (by link)" });
        trail.Add(work, LinkWords.Note(AuditTrail.Access, found, kind, LinkWords.Copied, row.Title));
        return Page(new Model(row, PatientTexts.Of(typeof(CopyOfSignature).Assembly, language), On(row.SignedAt), On(found.ExpiresAt)));
    }

    private DateOnly On(DateTimeOffset at) => DateOnly.FromDateTime(WallTime.At(at, scope.Practice.Zone).DateTime);
}
