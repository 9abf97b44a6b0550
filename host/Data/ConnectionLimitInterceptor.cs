using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Modular.Host.Postgres;
using Npgsql;

namespace Modular.Host.Data;

/// <summary>EF opens the scope's connection by itself for a query outside a write: it asks for its place like everybody.</summary>
public sealed class ConnectionLimitInterceptor(ConnectionLimit limit) : DbConnectionInterceptor
{
    public override async ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await limit.EnterAsync((NpgsqlConnection)connection, cancellationToken);
        return result;
    }

    public override Task ConnectionFailedAsync(DbConnection connection, ConnectionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        limit.Leave((NpgsqlConnection)connection);
        return Task.CompletedTask;
    }
}
