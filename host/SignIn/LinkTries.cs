using Modular.Host.Callers;
using Modular.Host.Practices;
using Modular.Host.SignedIn;

namespace Modular.Host.SignIn;

/// <summary>
/// Links with 256 random bits are never guessed; this bounds the noise of trying, by network address, and counts a try before the link is
/// looked for. A link that is there costs nothing.
/// </summary>
public sealed class LinkTries(RateLimits limits, ScopeContext scope)
{
    public const int PerMinute = 30;

    /// <returns>False when there were too many.</returns>
    public bool Count(HttpContext http) => limits.Count(Key(http), PerMinute) is null;

    public void TakeBack(HttpContext http) => limits.TakeBack(Key(http));

    private string Key(HttpContext http) => $"link {scope.Practice.Id:N} {Sessions.Ip(http)}";
}
