using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Api;

/// <summary>Around an action for programs: what could not be read is answered by field, and what the action throws on purpose becomes its answer.</summary>
public sealed class ApiFilter : IActionFilter, IOrderedFilter
{
    // Outside the flush of the access log: a refused question has nothing to flush.
    public int Order => -100;

    public void OnActionExecuting(ActionExecutingContext context)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        if (!context.ModelState.IsValid)
        {
            var errors = context.ModelState.Where(e => e.Value!.Errors.Count > 0)
                .GroupBy(e => ApiProblem.Field(e.Key)).ToDictionary(g => g.Key, g => g.SelectMany(e => e.Value!.Errors).Select(Sentence).Distinct().ToArray());
            context.Result = ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, errors.Values.First()[0], errors);
        }
    }

    public void OnActionExecuted(ActionExecutedContext context)
    {
        ActionResult? answer = context.Exception switch
        {
            ApiCursorException e => ApiProblem.Of(StatusCodes.Status400BadRequest, e.Message),
            DbUpdateConcurrencyException => ApiProblem.Of(StatusCodes.Status412PreconditionFailed, "Somebody changed this at the same moment. Read it again."),
            { } e when Broken(e) is { } refused => ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, refused.Sentence,
                new Dictionary<string, string[]> { [ApiProblem.Field(refused.Field)] = [refused.Sentence] }),
            _ => null,
        };
        if (answer is not null)
        {
            (context.Result, context.ExceptionHandled) = (answer, true);
        }
    }

    /// <summary>The constraint that a save broke, in the words of the context that saved: what its forms say.</summary>
    private static FieldError? Broken(Exception exception) =>
        exception is DbUpdateException { Entries: [{ Context: ModuleDb db }, ..] } ? db.Explain(exception) : null;

    /// <summary>A reader's own text speaks of bytes and lines, and may repeat a value.</summary>
    private static string Sentence(ModelError error) =>
        error.Exception is not null || error.ErrorMessage.Contains("JSON", StringComparison.Ordinal) || error.ErrorMessage.Length == 0
            ? "There is no such field here, or this value does not fit it." : error.ErrorMessage;
}
