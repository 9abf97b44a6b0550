using Modular.Sdk;

namespace Modular.Host.Retention;

/// <summary>For how long the practice keeps records of a kind by its own decision: never shorter than the rule says.</summary>
public sealed class RetentionTerm : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required string Kind { get; init; }

    /// <summary>Whole years from the event with which the class begins.</summary>
    public int Years { get; set; }

    public string Reason { get; set; } = "";
    public string SetBy { get; set; } = "";
    public DateTimeOffset SetAt { get; set; }
}
