namespace Modular.Sdk;

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
