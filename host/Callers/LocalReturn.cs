using System.Diagnostics.CodeAnalysis;

namespace Modular.Host.Callers;

/// <summary>Where to go after signing in: a path of this practice, never an address somebody put into a link.</summary>
public static class LocalReturn
{
    public static string Or(string? url, string otherwise) => IsLocal(url) ? Plain(url) : otherwise;

    /// <summary>As a header may carry it: what is not ASCII percent-encoded, as a browser does itself.</summary>
    public static string Plain(string url) =>
        string.Concat(url.EnumerateRunes().Select(r => r is { Value: > ' ' and < 0x7f } ? r.ToString() : Uri.EscapeDataString(r.ToString())));

    // The rule of IUrlHelper.IsLocalUrl for paths, tighter: no control character, no backslash anywhere.
    public static bool IsLocal([NotNullWhen(true)] string? url) =>
        url is ['/', ..] && !(url.Length > 1 && url[1] is '/' or '\\') && url.Length <= 2000 && !url.Any(c => c == '\\' || char.IsControl(c));
}
