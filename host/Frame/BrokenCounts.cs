using Modular.Host.Data;
using Modular.Host.Logging;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Tasks;
using Modular.Sdk;
using Npgsql;
using NpgsqlTypes;

namespace Modular.Host.Frame;

/// <summary>Counts that failed in this process: left out until the next start, and told once.</summary>
public sealed class BrokenCounts(ILogger<BrokenCounts> log)
{
    private readonly HashSet<NavigationEntry> entries = [];

    public bool Has(NavigationEntry entry)
    {
        lock (entries)
        {
            return entries.Contains(entry);
        }
    }

    public void Add(NavigationEntry entry, PostgresException fault)
    {
        lock (entries)
        {
            entries.Add(entry);
        }

        log.LogError("The count of the navigation entry {Entry} fails and is left out: {Reason}", entry.Path, Failure.Describe(fault));
    }
}
