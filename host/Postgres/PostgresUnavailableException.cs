namespace Modular.Host.Postgres;

/// <summary>PostgreSQL or one of its tools could not do its work. The message is one sentence for the person at the console.</summary>
public sealed class PostgresUnavailableException : Exception
{
    public PostgresUnavailableException(string message) : base(message) { }

    public PostgresUnavailableException(string message, Exception inner) : base(message, inner) { }
}
