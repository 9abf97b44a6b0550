using System.Security.Claims;
using Modular.Host.Callers;
using Modular.Sdk;
using OpenIddict.Abstractions;

namespace Modular.Host.Programs.Tokens;

/// <param name="Session">Of the person behind the token; null when the program acts for itself.</param>
public sealed record Standing(KnownProgram Program, Session? Session, IReadOnlySet<string> Scopes)
{
    /// <summary>Who acts with the token, with what is left of it at this moment.</summary>
    public Actor Actor(IReadOnlySet<string> declared) => Session is null ? Program.Actor(Scopes, declared) : Program.ActorFor(Session.Actor, Scopes);
}
