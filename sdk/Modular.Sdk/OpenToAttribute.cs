namespace Modular.Sdk;

/// <summary>An endpoint that needs no permission, and why that is right.</summary>
/// <param name="audience">Who may call it.</param>
/// <param name="reason">Why it needs no permission; shown in the endpoint report.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OpenToAttribute(Audience audience, string reason) : Attribute
{
    public Audience Audience { get; } = audience;
    public string Reason { get; } = reason;
}

public enum Audience
{
    /// <summary>Everybody, signed in or not.</summary>
    Anyone,

    /// <summary>Everybody who is signed in.</summary>
    SignedIn,
}
