namespace Modular.Sdk;

/// <summary>Passwords and keys of services outside, encrypted with a key that is not in the database. Never exported, never logged.</summary>
public interface ISecrets
{
    /// <summary>The secret as it was typed; null when none is kept, or when it was sealed with another installation's key.</summary>
    /// <param name="id">One declared with <see cref="ModuleBuilder.Secret"/>.</param>
    Task<string?> FindAsync(string id, CancellationToken ct = default);
}
