namespace Modular.Sdk;

/// <summary>One piece of work in the inbox.</summary>
/// <param name="Title">What to do, starting with a verb.</param>
/// <param name="Permission">Who may see and do it.</param>
/// <param name="Role">The role preset whose shared inbox it belongs to; null for everybody with the permission.</param>
/// <param name="AssigneeId">The person it waits for; null for anybody of the role.</param>
public sealed record TaskEntry(
    string Title,
    string Link,
    string Permission,
    DateTimeOffset? Due = null,
    string? Role = null,
    Guid? AssigneeId = null,
    Guid? LocationId = null,
    Guid? PatientId = null,
    bool Urgent = false);
