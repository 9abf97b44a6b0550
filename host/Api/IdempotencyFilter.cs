using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc.Filters;
using Modular.Host.Callers;
using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Host.Programs;
using Modular.Sdk;

namespace Modular.Host.Api;

/// <summary>
/// A write of a program is done once for its <c>Idempotency-Key</c>. Key, answer and everything the action writes are one transaction, so that a
/// crash leaves all of it or none; two at once wait for each other, and the second gets the first's answer. Only what succeeded is kept: a
/// refusal may be mended and sent again under the same key.
/// </summary>
/// <remarks>A resource filter, because the action's contexts must be born on the connection of that transaction.</remarks>
public sealed class IdempotencyFilter : IAsyncResourceFilter
{
    public const string Header = "Idempotency-Key";
    public const string Replayed = "Idempotency-Replayed";
    private const string Savepoint = "action";
    private const int MostBytes = 256 * 1024;

    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            await next();
            return;
        }

        var key = http.Request.Headers[Header].ToString();
        if (key.Length is 0 or > 200 || key.Any(char.IsControl))
        {
            context.Result = ApiProblem.Of(StatusCodes.Status400BadRequest, $"Send an {Header} of up to 200 letters, new for each thing to be done: sent twice, it is done once.");
        }
        else if (await DigestAsync(http.Request) is not { } digest)
        {
            context.Result = ApiProblem.Of(StatusCodes.Status413PayloadTooLarge, $"A request may have up to {MostBytes / 1024} KB.");
        }
        else
        {
            await OnceAsync(context, next, key, digest);
        }
    }

    private static async Task OnceAsync(ResourceExecutingContext context, ResourceExecutionDelegate next, string key, byte[] digest)
    {
        var (http, services) = (context.HttpContext, context.HttpContext.RequestServices);
        var (scope, work, kept) = (services.GetRequiredService<ScopeContext>(), services.GetRequiredService<Work>(), services.GetRequiredService<KeptAnswers>());
        var program = services.GetRequiredService<CurrentProgram>().Program!;
        // A program acts for several people: one must not be answered what another was.
        key = scope.Actor.PersonId is { } person ? $"{person:N} {key}" : key;
        using var turn = await kept.EnterAsync(scope.Practice.Id, http.RequestAborted);
        await using var connection = await scope.Practice.OpenAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        await kept.LockAsync(connection, program.Id, key, http.RequestAborted);
        if (await kept.FindAsync(connection, scope.Practice, program.Id, key, http.RequestAborted) is var (request, before) && before is not null)
        {
            context.Result = request.AsSpan().SequenceEqual(digest) ? before
                : ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, $"This {Header} was used for another request. Use a new one for each thing to be done.");
            return;
        }

        await transaction.SaveAsync(Savepoint, http.RequestAborted);
        work.Join(transaction, Savepoint);
        var (answer, failed) = await RunAsync(http, next);
        if (failed)
        {
            // The transaction goes with everything in it; the failure is told as any other.
            return;
        }

        var effects = await work.CompleteAsync(http.RequestAborted);
        if (http.Response.StatusCode is >= 200 and < 300)
        {
            await kept.KeepAsync(connection, scope.Practice, program.Id, key, digest, new(http.Response.StatusCode, answer, http.Response.ContentType, http.Response.Headers.ETag, http.Response.Headers.Location), http.RequestAborted);
        }

        await transaction.CommitAsync(http.RequestAborted);
        foreach (var effect in effects)
        {
            effect();
        }

        if (answer.Length > 0)
        {
            await http.Response.Body.WriteAsync(answer, http.RequestAborted);
        }
    }

    /// <summary>The action's answer, held back until what it says is true.</summary>
    private static async Task<(byte[] Answer, bool Failed)> RunAsync(HttpContext http, ResourceExecutionDelegate next)
    {
        var body = http.Response.Body;
        using var held = new MemoryStream();
        http.Response.Body = held;
        try
        {
            var executed = await next();
            return (held.ToArray(), executed.Exception is not null && !executed.ExceptionHandled);
        }
        finally
        {
            http.Response.Body = body;
        }
    }

    /// <summary>Of what is asked and how; null when it is too large.</summary>
    private static async Task<byte[]?> DigestAsync(HttpRequest request)
    {
        if (request.ContentLength > MostBytes)
        {
            return null;
        }

        request.EnableBuffering(MostBytes, MostBytes + 1);
        using var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        }
        catch (IOException) when (body.Length > 0)
        {
            return null;
        }

        request.Body.Position = 0;
        var head = Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString} {request.Headers.IfMatch}\n");
        return SHA256.HashData([.. head, .. body.ToArray()]);
    }
}
