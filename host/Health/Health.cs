using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Bus;
using Modular.Host.Observability;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Health;

/// <summary>For balancers and monitors. Nothing here names a patient, a person or a connection.</summary>
public sealed class Health(NodeService node, Catalogue catalogue, PracticeRegistry practices, BusPump bus, MachineState machine) : Slice
{
    private static readonly TimeSpan CatalogueLimit = TimeSpan.FromSeconds(2);

    /// <param name="Why">What the machine lacks: its database, or room on a disk.</param>
    /// <param name="Broker">How the line to the message broker stands, which is no reason to send requests elsewhere; left out where none is set.</param>
    /// <param name="Heads">That heads of the audit log could not be sent away, which is no reason either.</param>
    private sealed record Readiness(
        string Status, string Catalogue, int Practices, int Upgrading, int Failed, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Why,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Broker, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Heads);

    [HttpGet("/health/live")]
    [OpenTo(Audience.Anyone, "A balancer asks without signing in; it learns that the process answers.")]
    public IActionResult Live() => node.ExecuteTask is not { IsCompleted: true } && bus.ExecuteTask is not { IsCompleted: true } ? Ok(new { status = "live" })
        : StatusCode(StatusCodes.Status503ServiceUnavailable, new { status = "not live", why = "The part of this process that takes up changes, or the bus, has ended. Start it again." });

    [HttpGet("/health/ready")]
    [OpenTo(Audience.Anyone, "A balancer asks without signing in; it learns whether to send requests here.")]
    public async Task<IActionResult> Ready(CancellationToken ct)
    {
        var reachable = await IsCatalogueReachableAsync(ct);
        var failed = practices.All.Count(p => p.Fault is not null);
        var upgrading = practices.All.Count(p => !p.Snapshot.Ready && p.Fault is null);
        var lacks = machine.Lacks;
        var ready = reachable && lacks.Count == 0 && node.Ready.IsCompletedSuccessfully;
        // A practice that cannot be upgraded says so on its own pages; it must not take the others off the balancer.
        return StatusCode(ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
            new Readiness(ready ? "ready" : "not ready", reachable ? "reachable" : "unreachable", practices.All.Count, upgrading, failed,
                lacks.Count == 0 ? null : string.Join(' ', lacks), bus.Broker?.Sentence, await machine.HeadsAsync(ct)));
    }

    private async Task<bool> IsCatalogueReachableAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(CatalogueLimit);
        try
        {
            await using var command = catalogue.Database.CreateCommand("select 1");
            await command.ExecuteScalarAsync(limit.Token);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or System.Net.Sockets.SocketException or TimeoutException)
        {
            return false;
        }
    }
}
