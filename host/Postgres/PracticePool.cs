using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Modular.Host.Postgres;

/// <summary>A practice's share: at most as many connections as its data source has room for.</summary>
public sealed class PracticePool(NpgsqlDataSource database)
{
    public int Share { get; } = new NpgsqlConnectionStringBuilder(database.ConnectionString).MaxPoolSize;

    public NpgsqlDataSource Database { get; } = database;

    /// <summary>Kept under the limit's lock, like everything below.</summary>
    internal HashSet<NpgsqlConnection> Busy { get; } = [];

    internal int Reserved { get; set; }

    internal long LastUsed { get; set; }
}
