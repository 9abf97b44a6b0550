namespace Modular.Sdk.Core;

/// <summary>Somebody who works here was added or changed; most of them also sign in, which is not told here.</summary>
/// <param name="DisplayName">As patients read it: "Dr. Vale", "Nora Quist, NP".</param>
/// <param name="Npi">Ten digits, or null.</param>
[Message("core.staff-member-changed.v1")]
public sealed record StaffMemberChanged(
    Guid StaffMemberId,
    int Version,
    string FirstName,
    string LastName,
    string Credentials,
    string DisplayName,
    string? Npi,
    bool IsProvider,
    bool Active)
{
    /// <summary>The legal entity they work for; null only in a message of before there were any.</summary>
    public Guid? EntityId { get; init; }
}
