using System.Security.Claims;
using Modular.Sdk;

namespace Modular.Host.Callers;

/// <summary>One sign-in, as a request sees it.</summary>
public sealed class Session
{
    /// <summary>However busy: after this the person signs in again.</summary>
    public static readonly TimeSpan AbsoluteLimit = TimeSpan.FromHours(12);

    /// <summary>How long a confirmation serves for export, merge and roles.</summary>
    public static readonly TimeSpan StepUpFor = TimeSpan.FromMinutes(10);

    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required Actor Actor { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ConfirmedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; init; }
    public required bool Locked { get; init; }

    /// <summary>Without a click for this long the session locks; the page behind stays. A setting of the practice.</summary>
    public required TimeSpan IdleLimit { get; init; }

    // Anti-forgery binds its token to this claim: a form of one person cannot be posted as another.
    public static ClaimsPrincipal Principal(Guid person) => new(new ClaimsIdentity([new Claim("sub", person.ToString("N"))], "session"));

    /// <summary>When the person's sign-in ends, to the instant, if that is known; the database is not asked anew for each request.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    public bool IsLocked(DateTimeOffset now) => Locked || now - LastSeenAt > IdleLimit;

    public bool IsConfirmed(DateTimeOffset now) => now - ConfirmedAt <= StepUpFor;
}

/// <summary>The session of the present request; null when nobody is signed in.</summary>
public sealed class CurrentSession
{
    public Session? Session { get; set; }

    /// <summary>The session exists but waits for its person: the actor is nobody until it is unlocked.</summary>
    public bool Locked { get; set; }

    public Session Required => Session ?? throw new InvalidOperationException("Nobody is signed in.");
}
