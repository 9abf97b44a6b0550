using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Account;
using Modular.Host.Api;
using Modular.Host.Data;
using Modular.Host.Links;
using Modular.Host.Links.Public;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Gate;

/// <summary>What a person reads instead of a page: what happened, what to do, and a number to give when asking for help.</summary>
public sealed class Problem(ScopeContext scope) : Slice
{
    public sealed record Model(int Code, string Title, string Sentence, Guid Reference);

    // A refused post is shown this page as a post; on the action, because the rule of the base class would win over one on the class.
    [Route("/problem/{code:int}"), IgnoreAntiforgeryToken]
    [OpenTo(Audience.Anyone, "Shown in place of a page that failed or was refused; holds nothing of the practice.")]
    public IActionResult Show()
    {
        // From the route itself: what was posted is bound first, and where it cannot be read nothing is bound at all.
        var code = int.Parse((string)RouteData.Values["code"]!, CultureInfo.InvariantCulture);
        var failed = HttpContext.Features.Get<IExceptionHandlerFeature>();
        if (failed is not null)
        {
            // Two people saved one row at the same moment, and the page has no sentence of its own for the later.
            Response.StatusCode = code = failed.Error is DbUpdateConcurrencyException ? StatusCodes.Status409Conflict
                : Unkeepable.Status(failed.Error) ?? StatusCodes.Status500InternalServerError;
        }
        else if (HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is null)
        {
            return NotFound();
        }

        if (ApiAnswers.IsApi(Path()))
        {
            return code >= StatusCodes.Status500InternalServerError
                ? ApiProblem.Of(code, Words(code, false, "the reference").Sentence, more: new Dictionary<string, object?> { ["reference"] = scope.CorrelationId })
                : ApiProblem.Of(code, Words(code, Unkept(failed)).Sentence);
        }

        if (scope.Visit is not null)
        {
            return View("/Links/Public/Refused.cshtml", new RefusedModel(code, HttpContext.Features.Get<LinkRefusal>()?.State, scope.CorrelationId));
        }

        if (Request.WantsFragment())
        {
            // The page behind stays; its script says the sentence for the status.
            return new EmptyResult();
        }

        var (title, sentence) = Words(code, Unkept(failed));
        return Page(new Model(code, title, sentence, scope.CorrelationId));
    }

    /// <summary>What was sent was looked at and cannot be kept.</summary>
    private bool Unkept(IExceptionHandlerFeature? failed) => failed is not null || HttpContext.Features.Get<ReadableForm>() is not null;

    /// <summary>What was asked for before this page took its place.</summary>
    private PathString Path() =>
        HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath ?? HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? "";

    private static (string Title, string Sentence) Words(int code, bool unkeepable, string number = "the number below") => code switch
    {
        400 when unkeepable => ("This cannot be kept as it is", "A character, a number or a date in it has no place here, or a word is too long. Nothing was saved. Go back, change it and send it again."),
        400 => ("This form is out of date", "It was opened before you signed in or out, or in another practice. Go back, reload the page and send it again."),
        401 or 403 => ("You do not have permission for this", "Your role does not include this page. Whoever manages people at your practice can change that."),
        404 or 410 => ("There is nothing here", "The page does not exist, was removed, or belongs to a place you do not work at."),
        409 => ("Somebody else changed this first", "Go back, reload the page and look at what is new before you save."),
        413 => ("That is too large", "A file may have up to 25 MB."),
        415 or 405 => ("That does not work here", "Go back to the page you came from and try again from there."),
        429 => ("Too many tries", "Wait a few minutes, then try again."),
        503 => ("One moment", "This is not available right now. Try again in a minute."),
        _ => ("Something went wrong on our side", $"Nothing was saved. Try again; if it happens again, give {number} to whoever runs your system."),
    };
}
