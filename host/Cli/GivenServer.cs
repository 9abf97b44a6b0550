using System.Net.Sockets;
using Npgsql;

namespace Modular.Host.Cli;

/// <summary>The PostgreSQL server that an administrator named: looked at once before anything stands on it.</summary>
internal static class GivenServer
{
    private const int Oldest = 15;

    /// <exception cref="CommandFailedException">What is wrong with it and what to do, without what the connection string says of passwords.</exception>
    public static async Task RequireAsync(string connectionString, CancellationToken ct)
    {
        var wanted = Read(connectionString);
        var where = $"{wanted.Host}{(wanted.Host?.StartsWith('/') == true ? "" : $" at port {wanted.Port}")}";
        try
        {
            await using var connection = new NpgsqlConnection(wanted.ConnectionString);
            await connection.OpenAsync(ct);
            if (connection.PostgreSqlVersion.Major < Oldest)
            {
                throw new CommandFailedException($"The server on {where} is PostgreSQL {connection.PostgreSqlVersion.Major}; Modular needs {Oldest} or later.");
            }
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            throw new CommandFailedException($"The database server on {where} does not let {wanted.Username ?? "this user"} in. Correct user name and password in the connection string.");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            throw new CommandFailedException($"The database server on {where} has no database \"postgres\", through which Modular makes its own. Make one.");
        }
        catch (NpgsqlException e) when (e is not PostgresException)
        {
            throw new CommandFailedException(e.InnerException is SocketException or TimeoutException or null && !e.Message.Contains("protocol", StringComparison.OrdinalIgnoreCase)
                ? $"No PostgreSQL server answers on {where} ({e.InnerException?.Message ?? e.Message}). Start it, or correct the connection string (--connection or MODULAR_CONNECTION)."
                : $"What answers on {where} does not speak as PostgreSQL does. Correct host and port in the connection string (--connection or MODULAR_CONNECTION).");
        }
    }

    private static NpgsqlConnectionStringBuilder Read(string connectionString)
    {
        try
        {
            var read = new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres", Pooling = false };
            return string.IsNullOrEmpty(read.Host) ? throw new ArgumentException("No host.") : read;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new CommandFailedException("The connection string cannot be read. Write it like \"Host=db.example;Username=modular;Password=...\" (--connection or MODULAR_CONNECTION).");
        }
    }
}
