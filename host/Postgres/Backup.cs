using System.Globalization;
using Modular.Host.Disk;
using Npgsql;

namespace Modular.Host.Postgres;

/// <summary>One database to a file and back, by PostgreSQL's own tools.</summary>
public static class Backup
{
    /// <summary>Writes a database into one compressed file (pg_dump's custom format). The file appears whole or not at all.</summary>
    public static async Task DumpAsync(NpgsqlConnectionStringBuilder source, string file, CancellationToken ct)
    {
        var binaries = await PostgresBinaries.FindClientAsync(ct);
        file = Path.GetFullPath(file); // the tools work in another folder
        if (File.Exists(file) || Directory.Exists(file))
        {
            throw new PostgresUnavailableException($"{file} is there already, and a backup writes over nothing. Name a new file.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(file)))
        {
            throw new PostgresUnavailableException($"There is no folder {Path.GetDirectoryName(file)}. Make it first.");
        }

        var unfinished = file + ".part";
        try
        {
            // Made by us first: pg_dump would follow the umask, and this file holds every patient.
            await using (PrivateFiles.Create(unfinished, FileMode.Create))
            {
            }

            await Tool.RunOrThrowAsync(
                $"The backup of {source.Database} failed",
                [binaries["pg_dump"], "--format=custom", "--no-password", $"--file={unfinished}", "--dbname", source.Database!], ct, Target(source));
            File.Move(unfinished, file);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new PostgresUnavailableException($"The backup could not be written to {file}: {e.Message}", e);
        }
        finally
        {
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }
        }
    }

    /// <exception cref="PostgresUnavailableException">It is not there, or pg_dump's custom format did not make it.</exception>
    public static void Require(string file)
    {
        if (!File.Exists(file))
        {
            throw new PostgresUnavailableException($"There is no backup file {Path.GetFullPath(file)}.");
        }

        Span<byte> head = stackalloc byte[5];
        using var stream = File.OpenRead(file);
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.SequenceEqual("PGDMP"u8))
        {
            throw new PostgresUnavailableException($"{Path.GetFullPath(file)} is not a file that backup wrote.");
        }
    }

    /// <summary>Restores a file into a database that does not exist yet; when it fails or is cancelled, no database is left behind.</summary>
    public static async Task RestoreAsync(NpgsqlConnectionStringBuilder target, string file, CancellationToken ct)
    {
        file = Path.GetFullPath(file);
        Require(file);
        var binaries = await PostgresBinaries.FindClientAsync(ct);
        var failed = $"The restore into {target.Database} failed";
        await Tool.RunOrThrowAsync(
            failed, [binaries["createdb"], "--no-password", "--template=template0", "--", target.Database!], ct, Target(target));
        try
        {
            // One transaction: a half-restored practice must not look like one. Ownership follows whoever restores.
            await Tool.RunOrThrowAsync(
                failed,
                [binaries["pg_restore"], "--no-password", "--no-owner", "--single-transaction", "--exit-on-error", "--dbname", target.Database!, file],
                ct, Target(target));
        }
        catch
        {
            await Tool.RunAsync(
                [binaries["dropdb"], "--no-password", "--if-exists", "--force", "--", target.Database!], CancellationToken.None, Target(target));
            throw;
        }
    }

    /// <remarks>By environment, not by argument: arguments, and with them a password, are visible to every user of the machine.</remarks>
    private static Dictionary<string, string> Target(NpgsqlConnectionStringBuilder connection)
    {
        // One or several servers, each perhaps with a port of its own: the tools want two lists.
        var hosts = connection.Host!.Split(',', StringSplitOptions.TrimEntries).Select(h => h.Split(':') is [var name, var port] ? (name, port)
            : (h, connection.Port.ToString(CultureInfo.InvariantCulture))).ToList();
        var environment = new Dictionary<string, string>
        {
            ["PGHOST"] = string.Join(',', hosts.Select(h => h.Item1)),
            ["PGPORT"] = string.Join(',', hosts.Select(h => h.Item2)),
        };
        Add("PGTARGETSESSIONATTRS", connection.TargetSessionAttributes);
        Add("PGUSER", connection.Username);
        Add("PGPASSWORD", connection.Password);
        Add("PGPASSFILE", connection.Passfile);
        Add("PGSSLROOTCERT", connection.RootCertificate);
        Add("PGSSLCERT", connection.SslCertificate);
        Add("PGSSLKEY", connection.SslKey);
        if (connection.ContainsKey("SSL Mode"))
        {
            environment["PGSSLMODE"] = connection.SslMode switch
            {
                SslMode.VerifyCA => "verify-ca",
                SslMode.VerifyFull => "verify-full",
                var other => other.ToString().ToLowerInvariant(),
            };
        }

        return environment;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                environment[name] = value;
            }
        }
    }
}
