using System.Globalization;

namespace Modular.Host.Postgres;

internal static class ClusterSettings
{
    /// <summary>Written once into postgresql.conf, where an administrator may change them.</summary>
    /// <remarks>
    /// random_page_cost: with the default of 4 a day of 193 visits read all patients (7.9 ms against 2.0 ms).
    /// log_*: an error's text, its statement and its values can name a patient; errors reach the application, which knows
    /// what may be logged. Level "log" keeps starts, stops, checkpoints, fatal and panic.
    /// </remarks>
    public const string Lasting = """

        # Modular
        max_connections = 200
        shared_buffers = 128MB
        random_page_cost = 1.1
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_min_messages = log
        log_min_error_statement = panic
        log_error_verbosity = terse
        log_filename = 'postgresql-%a.log'
        log_truncate_on_rotation = on
        log_rotation_age = 1d
        log_rotation_size = 0

        """;

    /// <summary>Given at every start, above any file: who can reach the cluster is not for a file to change.</summary>
    public static IEnumerable<string> Arguments(ClusterDirectory directory, string socketDirectory, EmbeddedPostgresOptions options)
    {
        List<(string, string)> settings =
        [
            ("listen_addresses", ""),
            ("unix_socket_directories", $"\"{socketDirectory}\""),
            ("unix_socket_permissions", "0700"),
            ("hba_file", Path.Combine(directory.Pgdata, "pg_hba.conf")),
            ("ident_file", Path.Combine(directory.Pgdata, "pg_ident.conf")),
            ("logging_collector", "on"),
            ("log_directory", directory.Log),
        ];
        if (options.ThrowAway)
        {
            settings.AddRange([("fsync", "off"), ("synchronous_commit", "off"), ("full_page_writes", "off")]);
        }

        return ["-D", directory.Pgdata, "-p", EmbeddedPostgres.Port.ToString(CultureInfo.InvariantCulture), .. settings.SelectMany(s => new[] { "-c", $"{s.Item1}={s.Item2}" })];
    }
}
