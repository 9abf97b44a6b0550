using System.Text;
using Modular.Host.Audit;
using Modular.Host.Files;
using Modular.Host.Postgres;
using Modular.Host.Start;

namespace Modular.Host.Observability;

/// <summary>How the machine stands, the same for whoever asks: a balancer, a monitor, the doctor, an administrator's page.</summary>
public sealed class MachineState(StartOptions options, DiskSpace disk, HeadsDispatch heads)
{
    /// <summary>Sentences about what keeps this host from being ready; none when all is well.</summary>
    public IReadOnlyList<string> Lacks =>
    [
        .. options.Cluster?.State.Down is { } down ? new[] { $"The database does not run: {down}" } : [],
        .. disk.Full is { } full ? new[] { full.Sentence } : [],
    ];

    /// <summary>When the embedded server had to be started again, by whatever process of this data folder.</summary>
    public IReadOnlyList<string> Restarts => ClusterDirectory.Restarts(Path.Combine(options.DataDirectory, "postgres"));

    /// <summary>Null when nothing waits to leave this machine.</summary>
    public Task<string?> HeadsAsync(CancellationToken ct) => heads.SentenceAsync(ct);

    public void WriteTo(StringBuilder text)
    {
        PrometheusText.Gauge(text, "modular_disk_full", "1 when a disk of this host has less room than is safe.", disk.Full is null ? 0 : 1);
        if (options.Cluster is { } cluster)
        {
            PrometheusText.Gauge(text, "modular_embedded_database_up", "1 when the embedded database runs.", cluster.State.Down is null ? 1 : 0);
            PrometheusText.Gauge(text, "modular_embedded_database_restarts", "How often this process started it again.", cluster.State.Restarts);
        }
    }
}
