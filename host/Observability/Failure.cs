using System.Diagnostics;
using Npgsql;

namespace Modular.Host.Observability;

/// <summary>
/// What a log or an administrator reads of an exception: its kind and the place in our code. Never its text, which may hold what somebody typed
/// or what a row held.
/// </summary>
public static class Failure
{
    /// <returns>Such as "JsonException in PracticeSnapshotReader.ReadAsync" or "PostgresException 42P01 in Migrator.ApplyAsync".</returns>
    public static string Describe(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var inner = exception;
        while (inner is AggregateException or System.Reflection.TargetInvocationException && inner.InnerException is { } next)
        {
            inner = next;
        }

        var kind = inner is PostgresException p ? $"{inner.GetType().Name} {p.SqlState}" : inner.GetType().Name;
        return Place(inner) is { } place ? $"{kind} in {place}" : kind;
    }

    /// <summary>Whether the database, and not what is in it, was the cause: it may be back in a moment.</summary>
    public static bool IsAway(Exception exception) => exception is TimeoutException or NpgsqlException { IsTransient: true } or NpgsqlException and not PostgresException;

    /// <summary>Whether the server went away under a connection, or was not there to be asked: nothing that was not committed is kept.</summary>
    public static bool IsServerGone(Exception exception) => Chain(exception).Any(e => e switch
    {
        // Shut down, crashed, or starting.
        PostgresException p => p.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            || p.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException => e.InnerException is IOException or System.Net.Sockets.SocketException,
        _ => false,
    });

    public static bool IsDiskFull(Exception exception) => Chain(exception).Any(e => e is PostgresException { SqlState: PostgresErrorCodes.DiskFull }
        || (e is IOException && (e.HResult & 0xFFFF) == NoSpaceLeft));

    /// <summary>ENOSPC.</summary>
    private const int NoSpaceLeft = 28;

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }

    private static string? Place(Exception exception)
    {
        foreach (var frame in new StackTrace(exception).GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is { DeclaringTypeName: { } type } method && type.StartsWith("Modular.", StringComparison.Ordinal))
            {
                // What the compiler made of "async" is named after the method: Type+<Method>d__4.MoveNext.
                var parts = type[(type.LastIndexOf('.') + 1)..].Split('+');
                var made = parts[^1].StartsWith('<') && parts[^1].IndexOf('>', StringComparison.Ordinal) is > 1 and var end ? parts[^1][1..end] : null;
                return $"{parts[0]}.{made ?? method.Name}";
            }
        }

        return null;
    }
}
