using Modular.Host.Practices;

namespace Modular.Host.Links;

/// <summary>
/// Where public pages are: at the practice's own name for them where it has one, else at its configured address, else where the person is now.
/// </summary>
public static class LinkAddress
{
    public static string Of(Practice practice, HttpRequest request)
    {
        var at = practice.BaseUrl.Length > 0 ? practice.BaseUrl : $"{request.Scheme}://{request.Host}";
        return practice.Row.PublicHosts is [var own, ..] ? new UriBuilder(at) { Host = own }.Uri.GetLeftPart(UriPartial.Authority) : at;
    }

    /// <summary>For this browser: nothing before the path while it is at the right name already.</summary>
    public static string On(Practice practice, HttpRequest request) => practice.Row.PublicHosts.Length == 0 ? "" : Of(practice, request);
}
