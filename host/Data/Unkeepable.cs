using System.Diagnostics;
using System.Text;
using Npgsql;

namespace Modular.Host.Data;

/// <summary>
/// Tells what a person or a program sent that cannot be kept from a failure of ours: a character, a number or a date that the database has
/// no place for, a word that is too long for it, a body that cannot be read. It is answered as theirs, wherever it was found out.
/// </summary>
public static class Unkeepable
{
    /// <summary>The status to answer with; null for a failure of ours.</summary>
    public static int? Status(Exception? exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case PostgresException p:
                    return IsValue(p.SqlState) ? StatusCodes.Status400BadRequest : null;
                case EncoderFallbackException or InvalidDataException:
                    return StatusCodes.Status400BadRequest;
                case BadHttpRequestException bad:
                    return bad.StatusCode;
                case ArgumentOutOfRangeException when IsTime(e):
                    return StatusCodes.Status400BadRequest;
            }
        }

        return null;
    }

    /// <summary>Days before the first or after the last one: arithmetic at the end of time.</summary>
    private static readonly HashSet<Type> Times =
        [typeof(DateOnly), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeZoneInfo), typeof(TimeSpan)];

    private static bool IsTime(Exception e) =>
        new StackTrace(e).GetFrames().Select(frame => frame.GetMethod()?.DeclaringType)
            .FirstOrDefault(type => type?.Name != "ThrowHelper" && type != typeof(ArgumentOutOfRangeException)) is { } thrower && Times.Contains(thrower);

    /// <summary>Class 22 is about values; a division by zero is ours. A check of a table refuses a value, a key an id that is nowhere. Class 54 is about size.</summary>
    private static bool IsValue(string state) =>
        (state.StartsWith("22", StringComparison.Ordinal) && state != PostgresErrorCodes.DivisionByZero)
        || state is PostgresErrorCodes.CheckViolation or PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.ProgramLimitExceeded;
}
