namespace Modular.Sdk;

/// <summary>A row of a work queue: somebody looks after it, or nobody yet. The columns are <c>owner_id</c> and <c>owner</c>.</summary>
/// <example><code>
/// alter table samples add owner_id uuid, add owner text;
/// </code></example>
public interface IOwned
{
    /// <summary>Who looks after it; null while nobody does.</summary>
    Guid? OwnerId { get; set; }

    /// <summary>Their name as it was when they took it.</summary>
    string? Owner { get; set; }
}
