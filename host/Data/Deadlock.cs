using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Modular.Host.Data;

/// <summary>Two wrote the same rows in another order, and the database let the other one through.</summary>
public static class Deadlock
{
    /// <summary>Entity Framework wraps it, twice at times.</summary>
    public static bool Is(Exception e) => e.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected };

    /// <summary>For whoever asked it is what a version that has grown is: somebody else was first, and nothing of this write is kept.</summary>
    public static DbUpdateConcurrencyException Told(Exception e) => new("Somebody wrote the same rows at the same moment.", e.GetBaseException());
}
