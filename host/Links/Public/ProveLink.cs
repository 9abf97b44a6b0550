using Microsoft.AspNetCore.Mvc;
using Modular.Host.Audit;
using Modular.Host.Callers;
using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Host.SignedIn;
using Modular.Sdk;

namespace Modular.Host.Links.Public;

/// <summary>Asks whoever opens a link about a patient for the second fact. Five wrong dates shut the link, sent at once or one by one.</summary>
public sealed class ProveLink(LinkGate gate, LinkStore store, LinkProof proof, ScopeContext scope, AuditTrail trail, Work work) : PublicSlice
{
    private const string Reason = "Whoever opens a link about a patient first types the patient's date of birth.";

    public sealed record Model(PatientTexts Texts, string? BirthDate = null);

    [HttpGet("/public/prove/{link}")]
    [PublicPage(Reason)]
    public async Task<IActionResult> Get(string link) => await gate.FindAsync(HttpContext, link, used: true) is not var (found, kind) ? Refused()
        : found.BirthDigest is null || proof.Holds(HttpContext, found) ? LocalRedirect($"{kind.Path}/{link}")
        : Page(new Model(Texts(found)));

    [HttpPost("/public/prove/{link}")]
    [PublicPage(Reason)]
    public async Task<IActionResult> Post(string link, string? birthDate, CancellationToken ct)
    {
        if (await gate.FindAsync(HttpContext, link, used: true) is not var (found, kind))
        {
            return Refused();
        }

        var texts = Texts(found);
        if (TypedDate.Read(birthDate ?? "", WallTime.Today(Clock, scope.Practice.Zone), birth: true).Date is not { } day)
        {
            Refuse("BirthDate", texts["NoDate"]);
            return Invalid(new Model(texts, birthDate));
        }

        if (await store.CountTryAsync(found.Id, ct) is not { } number)
        {
            return Shut();
        }

        if (found.IsBornOn(day))
        {
            await store.TakeBackTryAsync(found.Id, ct);
            proof.Keep(HttpContext, found);
            return LocalRedirect($"{kind.Path}/{link}");
        }

        scope.Become(new Actor { Name = $"Somebody with the link of {found.Recipient}" });
        trail.Add(work, LinkWords.Note(AuditTrail.Access, found, kind, LinkWords.Wrong, $"try {number}, from {Sessions.Ip(HttpContext)}"));
        if (number >= LinkRow.MostTries)
        {
            return Shut();
        }

        Refuse("BirthDate", texts.Say("WrongDate", LinkRow.MostTries - number));
        return Invalid(new Model(texts));
    }

    /// <summary>Unless its reader chose another, the language is the link's.</summary>
    private PatientTexts Texts(LinkRow link)
    {
        var language = PublicRequest.Of(HttpContext) is { Chosen: true } ? Visit.Language : link.Language;
        scope.Admit(new(language, null), scope.Actor);
        return PatientTexts.Of(typeof(ProveLink).Assembly, language);
    }

    /// <summary>As the gate has set it.</summary>
    private StatusCodeResult Refused() => StatusCode(Response.StatusCode);

    private StatusCodeResult Shut()
    {
        HttpContext.Features.Set(new LinkRefusal(LinkState.Shut));
        return StatusCode(StatusCodes.Status410Gone);
    }
}
