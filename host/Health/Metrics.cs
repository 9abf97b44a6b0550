using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Observability;
using Modular.Host.Start;
using Modular.Sdk;

namespace Modular.Host.Health;

/// <summary>For monitors. Nothing here names a patient, a person or a connection.</summary>
public sealed class Metrics(ProcessMetrics metrics, StartOptions options) : Slice
{
    [HttpGet("/metrics")]
    [OpenTo(Audience.Anyone, "A monitor on this computer asks by address, one elsewhere with the token of the installation; to all others it does not exist.")]
    public async Task<IActionResult> Get(CancellationToken ct)
    {
        if (IsMonitor())
        {
            return Content(await metrics.ReadAsync(ct), PrometheusText.ContentType);
        }

        // No page of a practice explains it: these addresses belong to none.
        HttpContext.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
        return NotFound();
    }

    /// <summary>A proxy is on this computer too, and whatever it passes on bears a practice's name or says whom it is for.</summary>
    private bool IsMonitor()
    {
        if (options.MetricsToken is { Length: > 0 } token)
        {
            return Request.Headers.Authorization.ToString() is ['B' or 'b', 'e', 'a', 'r', 'e', 'r', ' ', .. var given]
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given.Trim()), Encoding.UTF8.GetBytes(token));
        }

        var host = Request.Host.Host;
        return HttpContext.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from) && !Request.Headers.Keys.Any(IsForwarded)
            && (host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));
    }

    private static bool IsForwarded(string header) => header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase) || header.Equals("Forwarded", StringComparison.OrdinalIgnoreCase);
}
