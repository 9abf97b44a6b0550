namespace Modular.Sdk;

/// <summary>One piece of work in the inbox.</summary>
/// <param name="Title">What to do, starting with a verb.</param>
/// <param name="Permission">Who may see and do it; <see cref="OwnOnly"/> where it is the assignee's alone.</param>
/// <param name="Due">The instant by which it is to be done; null when none is, or <see cref="DueOn"/> says it.</param>
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
    bool Urgent = false)
{
    /// <summary>
    /// In place of a permission: the task is the <c>AssigneeId</c>'s, who needs no right for it, and nobody else sees it.
    /// </summary>
    public const string OwnOnly = "";

    /// <summary>
    /// The last day for it, such as <see cref="DeadlineClock.DueOn"/>: due at 5 pm of that day at its location, or by the practice's zone.
    /// Counts where <see cref="Due"/> is null.
    /// </summary>
    public DateOnly? DueOn { get; init; }
}
