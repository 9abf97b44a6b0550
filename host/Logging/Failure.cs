using System.Diagnostics;
using System.Runtime.Loader;
using Npgsql;

namespace Modular.Host.Logging;

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

    /// <summary>
    /// What the database refused, for whoever looks after it: its own words where they speak of names, rights and connections alone, else the code
    /// and what it names.
    /// </summary>
    public static string Sql(PostgresException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        // Connection, sign-in, unknown database, syntax and names, resources, intervention, system.
        if (exception.SqlState[..2] is "08" or "28" or "3D" or "42" or "53" or "57" or "58")
        {
            return $"{exception.MessageText} ({exception.SqlState})";
        }

        string?[] names = [exception.SchemaName, exception.TableName, exception.ConstraintName ?? exception.ColumnName];
        var named = string.Join('.', names.Where(n => !string.IsNullOrEmpty(n)));
        return named.Length > 0 ? $"PostgreSQL {exception.SqlState} at {named}" : $"PostgreSQL {exception.SqlState}";
    }

    /// <summary>Every exception of the chain, what was thrown last first.</summary>
    /// <returns>Such as "DbUpdateException in Work.FlushAsync, by PostgresException 23P01".</returns>
    public static string Chain(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return string.Join(", by ", Inside(exception).Select(Describe).Distinct());
    }

    /// <summary>The kinds with every place that was passed: a trace without a word of what was said.</summary>
    public static string Frames(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return string.Join('\n', Inside(exception).Select(e => $"{e.GetType().FullName}\n{e.StackTrace}".TrimEnd()));
    }

    /// <summary>A text without what the exception, and those inside it, say.</summary>
    public static string Hide(string text, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Inside(exception).SelectMany(Words).Where(said => !string.IsNullOrWhiteSpace(said)).OrderByDescending(said => said!.Length)
            .Aggregate(text, (left, said) => left.Replace(said!, "…", StringComparison.Ordinal));
    }

    private static IEnumerable<string?> Words(Exception e) =>
        e is PostgresException p ? [e.ToString(), e.Message, p.MessageText, p.Detail, p.Hint, p.Where, p.InternalQuery] : [e.ToString(), e.Message];

    private static IEnumerable<Exception> Inside(Exception exception) =>
        exception is AggregateException several ? several.InnerExceptions.SelectMany(Inside).Prepend(exception)
        : exception.InnerException is { } one ? Inside(one).Prepend(exception)
        : [exception];

    /// <summary>Whether the database, and not what is in it, was the cause: it may be back in a moment.</summary>
    public static bool IsAway(Exception exception) => exception is TimeoutException or NpgsqlException { IsTransient: true } or NpgsqlException and not PostgresException;

    /// <summary>Whether the server went away under a connection, or was not there to be asked: nothing that was not committed is kept.</summary>
    public static bool IsServerGone(Exception exception) => Inside(exception).Any(e => e switch
    {
        // Shut down, crashed, or starting.
        PostgresException p => p.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            || p.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException => e.InnerException is IOException or System.Net.Sockets.SocketException,
        _ => false,
    });

    public static bool IsDiskFull(Exception exception) => Inside(exception).Any(e => e is PostgresException { SqlState: PostgresErrorCodes.DiskFull }
        || (e is IOException && (e.HResult & 0xFFFF) == NoSpaceLeft));

    /// <summary>ENOSPC.</summary>
    private const int NoSpaceLeft = 28;

    private static string? Place(Exception exception)
    {
        foreach (var frame in new StackTrace(exception).GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is { DeclaringTypeName: { } type } method
                && (type.StartsWith("Modular.", StringComparison.Ordinal) || IsModules(frame)))
            {
                // What the compiler made of "async" is named after the method: Type+<Method>d__4.MoveNext.
                var parts = type[(type.LastIndexOf('.') + 1)..].Split('+');
                var made = parts[^1].StartsWith('<') && parts[^1].IndexOf('>', StringComparison.Ordinal) is > 1 and var end ? parts[^1][1..end] : null;
                return $"{parts[0]}.{made ?? method.Name}";
            }
        }

        return null;
    }

    /// <summary>A partner's module may be named as it likes; only modules have a load context of their own.</summary>
    private static bool IsModules(StackFrame frame) =>
        frame.GetMethod()?.DeclaringType?.Assembly is { } assembly
        && AssemblyLoadContext.GetLoadContext(assembly) is { } context && context != AssemblyLoadContext.Default;
}
