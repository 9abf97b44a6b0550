namespace Modular.Sdk;

/// <summary>
/// Links for people without an account: single-use, ending, revocable. People see them at <c>/links?kind=…&amp;subject=…</c>, where they are
/// revoked.
/// </summary>
public interface IPublicLinks
{
    /// <summary>Makes a link within the current write. Show it with <see cref="PublicLinkPages.LinkMade"/>: it cannot be shown again.</summary>
    /// <exception cref="UnauthorizedAccessException">Whoever acts lacks <see cref="LinkKind.Needs"/>.</exception>
    /// <exception cref="ArgumentException">The kind is not declared, or a name, language or number of days is out of its bounds.</exception>
    Task<MadeLink> MakeAsync(NewLink link, CancellationToken ct = default);

    /// <summary>
    /// Makes a link that is open for half an hour on this device, which is given to its recipient, and locks the session of whoever acts: the
    /// page of the link is all that can be seen, and after it the lock page.
    /// </summary>
    /// <returns>Where to send the browser.</returns>
    /// <exception cref="InvalidOperationException">Nobody is signed in at this device.</exception>
    /// <inheritdoc cref="MakeAsync" path="/exception"/>
    Task<string> HandOverAsync(NewLink link, CancellationToken ct = default);

    /// <summary>
    /// Takes the link that opened this page, once: call it in the write that the link was for. Of two at the same moment one gets true.
    /// </summary>
    /// <returns>False when it was used, revoked or ended meanwhile: leave the write without a commit and answer
    /// <see cref="PublicSlice.Gone"/>.</returns>
    /// <exception cref="InvalidOperationException">No link opened this page.</exception>
    Task<bool> UseAsync(CancellationToken ct = default);
}
