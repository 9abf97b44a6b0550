namespace Modular.Sdk;

/// <summary>Passwords and keys of services outside, encrypted with a key that is not in the database. Never exported, never logged.</summary>
public interface ISecrets
{
    /// <summary>The secret as it was typed; null when none is kept, or when it was sealed with another installation's key.</summary>
    /// <param name="id">One declared with <see cref="ModuleBuilder.Secret"/>.</param>
    Task<string?> FindAsync(string id, CancellationToken ct = default);
}

/// <summary>
/// The one way out: calls to services on the internet whose address a person may have typed. Only https, only public addresses
/// (looked at after the name was resolved, at every redirect), an answer of at most 10 MB within 30 seconds.
/// </summary>
public interface IOutgoing
{
    /// <exception cref="OutgoingRefusedException">The address is not one that may be called; the message is a sentence for the person.</exception>
    /// <exception cref="HttpRequestException">The service cannot be reached or answers too much.</exception>
    /// <exception cref="TaskCanceledException">It takes too long.</exception>
    Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct = default);
}

public sealed class OutgoingRefusedException(string sentence) : Exception(sentence);
