using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Modular.Host.Audit;
using Modular.Host.Bus;
using Modular.Host.Callers;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.PatientAccess;
using Modular.Host.Practices;
using Modular.Host.Programs;
using Modular.Sdk;

namespace Modular.Host.Webhooks;

/// <summary>
/// Calls the program's address. The bus tries again and keeps what failed as a dead letter; a copy that was restored holds it; the one way out
/// sees to it that the address leads to the public internet.
/// </summary>
[External]
public sealed class WebhookDueHandler(
    ScopeContext scope, WebhookState state, ProgramReader programs, WebhookLanes lanes, IMessageBus bus, IOutgoing outgoing, AuditTrail trail, Work work,
    RestrictedCharts charts)
{
    public const string SignatureHeader = "Modular-Signature";
    public const string IdHeader = "Modular-Message-Id";

    public async Task HandleAsync(WebhookDue due, DateTimeOffset now, CancellationToken ct)
    {
        if (await state.FindAsync(scope.Practice, due.WebhookId, ct) is not { EndedBy: null } hook || await programs.FindAsync(scope.Practice, hook.ProgramId, ct) is not { } program)
        {
            // Taken away by a person, or its program cut off: nothing is owed any more.
            return;
        }

        if (hook.Ended)
        {
            throw new WebhookFailedException("This webhook was ended after days of failure.");
        }

        if (!state.May(scope.Practice, program, due))
        {
            return;
        }

        var patients = state.Patients(due);
        await charts.RefreshAsync(scope.Practice, true, ct);
        if (patients.Any(charts.Of(scope.Practice).ContainsKey))
        {
            // A restricted chart opens to no program, by whatever way.
            return;
        }

        using var place = await lanes.EnterAsync(hook.Id, ct);
        if (place is null)
        {
            // Its address keeps others waiting: this one comes again later, behind whatever is live, and no try of it is used up.
            await bus.PublishAsync(due, new(ScheduledAt: now + WebhookLanes.Later(), Bulk: true));
            return;
        }

        try
        {
            await CallAsync(hook, due, now, ct);
        }
        catch (Exception e) when (Words(e, ct) is { } failure)
        {
            await state.FailedAsync(scope.Practice, hook, failure, now, ct);
            throw new WebhookFailedException(failure);
        }

        await WebhookState.DeliveredAsync(scope.Practice, hook, now, ct);
        Note(program, due, patients);
    }

    /// <summary>What a receiver computes again: the time in seconds, a full stop, the body; with the secret's letters as the key.</summary>
    public static string Sign(string secret, long time, string body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time.ToString(CultureInfo.InvariantCulture)}.{body}")));

    private async Task CallAsync(WebhookTarget hook, WebhookDue due, DateTimeOffset now, CancellationToken ct)
    {
        var body = JsonSerializer.Serialize(new { id = due.MessageId, type = due.Alias, occurredAt = due.OccurredAt, practice = scope.Practice.Id, data = due.Data }, JsonSerializerOptions.Web);
        var secret = hook.Secret ?? throw new WebhookFailedException("Another installation sealed its secret. Make the webhook anew.");
        var (url, time) = (new Uri(hook.Url), now.ToUnixTimeSeconds());
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json")) };
        request.Headers.Add(SignatureHeader, $"t={time.ToString(CultureInfo.InvariantCulture)},v1={Sign(secret, time, body)}");
        request.Headers.Add(IdHeader, due.MessageId.ToString());
        request.Headers.UserAgent.Add(new("Modular", "1"));
        using var answer = await outgoing.SendAsync(request, ct);
        if (answer.RequestMessage?.RequestUri != url)
        {
            throw new WebhookFailedException("The address leads on to another one.");
        }

        if (!answer.IsSuccessStatusCode)
        {
            throw new WebhookFailedException($"It answered {(int)answer.StatusCode}.");
        }
    }

    /// <summary>Null for what is no failure of the receiver. An exception's own text may hold an address with a key in it.</summary>
    private static string? Words(Exception e, CancellationToken ct) => e switch
    {
        WebhookFailedException or OutgoingRefusedException => e.Message,
        HttpRequestException => "It cannot be reached.",
        TaskCanceledException when !ct.IsCancellationRequested => "It took too long to answer.",
        UriFormatException => "Its address cannot be read.",
        _ => null,
    };

    /// <summary>A patient's data left the practice: that is in the access log, under the program's name.</summary>
    private void Note(KnownProgram program, WebhookDue due, Guid[] patients)
    {
        if (patients.Length > 0)
        {
            scope.Become(new() { Name = program.Name, ProgramId = program.Id });
            trail.Add(work, new(AuditTrail.Access, LoadedModule.CoreId, $"webhook {due.Alias}", Patients: patients));
        }
    }
}

public sealed class WebhookFailedException(string sentence) : Exception(sentence);
