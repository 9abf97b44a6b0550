using System.Security.Cryptography;
using System.Text;
using Modular.Host.Postgres;

namespace Modular.Host.Migrations;

/// <summary>
/// The migrations of one owner (the host or a module): plain SQL files, applied in name order, each once per database.
/// Read as data, so that a module whose code is broken still has a known schema.
/// </summary>
public sealed record MigrationSet(string Owner, string Schema, IReadOnlyList<Migration> Migrations)
{
    public static MigrationSet Read(string owner, string schema, string folder) =>
        new(owner, schema, Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.sql").Order(StringComparer.Ordinal).Select(Migration.Read)]
            : []);
}

public sealed record Migration(string Name, string Sql, string Checksum)
{
    public static Migration Read(string file)
    {
        var sql = File.ReadAllText(file);
        return new(Path.GetFileNameWithoutExtension(file), sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
    }
}
